import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { FieldError } from '@/api/error'
import type { Page } from '../shared/paged'
import type { Values } from '../shared/record-form'
import type { AccountView, PostView, Reach, RoleMatrix } from '../shared/wire'

/** What gives an account a post. Times are Unix milliseconds; none means from now, or without end. */
export interface PostFields {
  role: string
  unit?: string
  area?: string
  from?: number
  to?: number
}

/** What the form of a post holds; the days are values of date fields. */
export interface PostForm extends Values {
  role: string
  unit: string
  area: string
  from: string
  until: string
}

export const emptyPost = (): PostForm => ({ role: '', unit: '', area: '', from: '', until: '' })

const dayStart = (day: string) => new Date(`${day}T00:00:00`)

/** The post that a form describes. A last day counts whole: the post ends when the next day begins. */
export function postOf(form: PostForm, reach: Reach | undefined): PostFields {
  const post: PostFields = { role: form.role }
  if (form.unit && (reach === 'unit' || reach === 'both')) post.unit = form.unit
  if (form.area && (reach === 'area' || reach === 'both')) post.area = form.area
  if (form.from) post.from = dayStart(form.from).getTime()
  if (form.until) {
    const end = dayStart(form.until)
    end.setDate(end.getDate() + 1)
    post.to = end.getTime()
  }
  return post
}

/** Which fields a role asks for. */
export const asksUnit = (reach: Reach | undefined) => reach === 'unit' || reach === 'both'
export const asksArea = (reach: Reach | undefined) => reach === 'area' || reach === 'both'

/** Whether a post is held now, begins later or is over, at an instant in Unix milliseconds. */
export function periodOf(post: Pick<PostView, 'from' | 'to'>, at: number): 'now' | 'later' | 'over' {
  if (post.to && post.to <= at) return 'over'
  return post.from > at ? 'later' : 'now'
}

/** Posts as they are read: those held now first, then those to come, then those that are over; newest first in each. */
export function sortPosts(posts: PostView[], at: number): PostView[] {
  const order = { now: 0, later: 1, over: 2 }
  return [...posts].sort((a, b) => order[periodOf(a, at)] - order[periodOf(b, at)] || b.from - a.from)
}

/** The errors of the first post, by the names that its form uses. */
export function postErrors(errors: FieldError[], prefix = ''): Map<string, FieldError> {
  const found = new Map<string, FieldError>()
  for (const error of errors) {
    if (!error.field.startsWith(prefix)) continue
    const name = error.field.slice(prefix.length)
    found.set(name === 'to' ? 'until' : name, error)
  }
  return found
}

export interface AccountQuery {
  q: string
  kind: '' | 'person' | 'partner'
  role: string
  disabled: '' | 'true' | 'false'
  /** Locked out at this moment. */
  locked?: boolean
  /** Days: not used since, and older than that. */
  unused?: number
  sort: string
}

/** The states by which a clerk looks for accounts. */
export type AccountState = 'enabled' | 'locked' | 'unused' | 'disabled' | 'all'

/** After how many days an account that nobody uses should be looked at. */
export const unusedDays = 90

export const stateQuery = (state: AccountState): Pick<AccountQuery, 'disabled' | 'locked' | 'unused'> =>
  ({
    enabled: { disabled: 'false' as const },
    locked: { disabled: 'false' as const, locked: true },
    unused: { disabled: 'false' as const, unused: unusedDays },
    disabled: { disabled: 'true' as const },
    all: { disabled: '' as const },
  })[state]

export const listAccounts = (query: Partial<AccountQuery>, cursor?: string, limit?: number): Promise<Page<AccountView>> =>
  call(
    api.GET('/api/v1/accounts', {
      params: {
        query: {
          q: query.q || undefined,
          kind: query.kind || undefined,
          role: query.role || undefined,
          disabled: query.disabled || undefined,
          locked: query.locked || undefined,
          unused: query.unused || undefined,
          sort: query.sort || undefined,
          cursor,
          limit,
        },
      },
    }),
  )

const one = (id: string) => ({ params: { path: { id } } })

export const readAccount = (id: string): Promise<AccountView> => call(api.GET('/api/v1/accounts/{id}', one(id)))
export const readRoles = (): Promise<RoleMatrix> => call(api.GET('/api/v1/roles'))

export interface NewAccount {
  login: string
  name: string
  kind: 'person' | 'partner'
  phone?: string
  rate?: number
  posts: PostFields[]
}

/** Makes an account; a person's comes with the first password, shown this once. */
export const createAccount = (body: NewAccount): Promise<{ account: AccountView; password?: string }> =>
  call(api.POST('/api/v1/accounts', { body }))

export const updateAccount = (id: string, body: { name: string; phone?: string; rate?: number; version: number }, intent: string): Promise<AccountView> =>
  call(api.PUT('/api/v1/accounts/{id}', { ...one(id), body, headers: intentHeader(intent) }))

export const disableAccount = (id: string): Promise<AccountView> => call(api.POST('/api/v1/accounts/{id}/disable', one(id)))
export const enableAccount = (id: string): Promise<AccountView> => call(api.POST('/api/v1/accounts/{id}/enable', one(id)))
export const unlockAccount = (id: string): Promise<AccountView> => call(api.POST('/api/v1/accounts/{id}/unlock', one(id)))
export const endSessions = (id: string): Promise<AccountView> => call(api.POST('/api/v1/accounts/{id}/end-sessions', one(id)))
export const resetPassword = (id: string): Promise<{ password: string }> =>
  call(api.POST('/api/v1/accounts/{id}/reset-password', { ...one(id), body: {} }))
export const issueToken = (id: string): Promise<{ token: string }> => call(api.POST('/api/v1/accounts/{id}/token', one(id)))
export const revokeToken = (id: string): Promise<void> => call(api.DELETE('/api/v1/accounts/{id}/token', one(id)))
export const viewPhone = (id: string, purpose: string): Promise<{ phone: string }> =>
  call(api.POST('/api/v1/accounts/{id}/phone', { ...one(id), body: { purpose } }))

export const addPost = (id: string, post: PostFields, intent: string): Promise<AccountView> =>
  call(api.POST('/api/v1/accounts/{id}/posts', { ...one(id), body: post, headers: intentHeader(intent) }))
export const endPost = (id: string, post: string): Promise<AccountView> =>
  call(api.DELETE('/api/v1/accounts/{id}/posts/{post}', { params: { path: { id, post } } }))
