import { api, call } from '@/api/client'
import type { components } from '@/api/schema'
import type { Option } from '@/ui/action-form'
import type { AccountView } from '../shared/wire'
import { listAccounts } from './accounts'

/** What is to be settled before somebody leaves. */
export type LeaveOutlook = components['schemas']['PeopleLeaveOutlookView']
export type Leaving = components['schemas']['PeopleLeavingView']

const one = (id: string) => ({ params: { path: { id } } })

export const readOutlook = (id: string): Promise<LeaveOutlook> => call(api.GET('/api/v1/accounts/{id}/leaving', one(id)))
export const leave = (id: string, at: number, to: string): Promise<Leaving> =>
  call(api.POST('/api/v1/accounts/{id}/leaving', { ...one(id), body: { at: at || undefined, to: to || undefined } }))
export const undoLeave = (id: string): Promise<AccountView> => call(api.DELETE('/api/v1/accounts/{id}/leaving', one(id)))

/** Colleagues by name or login, without the one who leaves. */
export async function findColleagues(q: string, without: string): Promise<Option[]> {
  const page = await listAccounts({ q, kind: 'person', disabled: 'false', sort: 'name' }, undefined, 20)
  const place = (account: AccountView) => account.posts.find((post) => post.current && (post.unit || post.area))
  return (page.items ?? [])
    .filter((account) => account.id !== without)
    .map((account) => {
      const post = place(account)
      const where = post?.unit?.name ?? post?.area?.name
      return { value: account.id, label: where ? `${account.name}（${where}）` : account.name }
    })
}

/** The instant at which the last day of work is over. */
export function endOfDay(day: string): number {
  const end = new Date(`${day}T00:00:00`)
  end.setDate(end.getDate() + 1)
  return end.getTime()
}
