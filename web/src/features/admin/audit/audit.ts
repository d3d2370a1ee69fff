import { api, call } from '@/api/client'
import type { Page } from '../shared/paged'
import type { AuditView } from '../shared/wire'

export interface AuditQuery {
  actor: string
  action: string
  objectId: string
  from: string
  until: string
}

const start = (day: string) => new Date(`${day}T00:00:00`)

const dayOf = (at: Date) => [at.getFullYear(), String(at.getMonth() + 1).padStart(2, '0'), String(at.getDate()).padStart(2, '0')].join('-')

/** The days from `first` to `last`, counted back from today. */
export function daysBack(first: number, last: number, today: Date): { from: string; until: string } {
  const back = (days: number) => dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - days))
  return { from: back(first), until: back(last) }
}

/** The query as the server takes it; the last day counts whole. */
export function auditParams(query: AuditQuery): Record<string, string | number> {
  const params: Record<string, string | number> = {}
  if (query.actor.trim()) params.actor = query.actor.trim()
  if (query.action) params.action = query.action
  if (query.objectId.trim()) params.object_id = query.objectId.trim()
  if (query.from) params.from = start(query.from).getTime()
  if (query.until) {
    const end = start(query.until)
    end.setDate(end.getDate() + 1)
    params.to = end.getTime()
  }
  return params
}

export const listAudit = (query: AuditQuery, cursor?: string): Promise<Page<AuditView>> =>
  call(api.GET('/api/v1/audit', { params: { query: { ...auditParams(query), cursor } } }))

/** Actions by what they are about, for the choice; every action has a sentence. */
export const actionGroups = [
  'account', 'post', 'role', 'unit', 'area', 'patrol_area', 'area_kind', 'staffing', 'place', 'category', 'rule', 'office', 'reporter', 'session', 'upkeep', 'list', 'import', 'sender', 'message',
] as const

/** The names of what changed, out of a list of codes such as "name,phone". */
export const listed = (text: string | undefined) => (text ?? '').split(/[,\s]+/).filter(Boolean)

/** What a change of a role gave and took, from the two lists of permissions that its entry holds. */
export function permissionChange(detail: Record<string, string>): { given: string[]; taken: string[] } {
  const before = listed(detail.before)
  const after = listed(detail.after)
  return { given: after.filter((one) => !before.includes(one)), taken: before.filter((one) => !after.includes(one)) }
}
