import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { Values } from '../shared/record-form'
import type { Preview, Rule, Target } from '../shared/wire'

/** Somebody who is told beside whoever gets it. */
export type Informed = Rule['inform'][number]

/** What the form of a rule holds. */
export interface RuleForm extends Values {
  name: string
  category: string
  kind: string
  severity: string
  channel: string
  area_kind: string
  /** HH:MM; empty for none. */
  from_minute: string
  to_minute: string
  days: string
  target: Target
  value: string
  /** Digits; empty for no limit. */
  capacity: string
  inform: Informed[]
  pool: boolean
  automatic: boolean
}

/** The targets in the order in which a form offers them. */
export const targets: Target[] = ['station', 'nearest_station', 'worker', 'nearest_person', 'community', 'speciality', 'unit', 'centre', 'command']
/** Who can be told beside, in the order of a form. */
export const informed: Informed[] = ['grid_head', 'station', 'community', 'centre', 'command']
/** Targets that are one person: nothing waits to be claimed. */
export const personal = (target: Target) => target === 'worker' || target === 'nearest_person'
/** Targets that can have their hands full. */
export const bounded = (target: Target) => personal(target) || target === 'station' || target === 'nearest_station'
export const kinds = ['appeal', 'enquiry', 'help', 'complaint', 'tipoff', 'suggestion', 'hazard']
export const severities = ['minor', 'general', 'major', 'emergency']
export const channels = ['hotline', 'window', 'app', 'visit', 'patrol', 'video', 'sensor', 'partner']

/** Minutes of the day as people write them; the end of the day is its midnight. */
export const clockOf = (minute: number) => `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function minuteOf(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number)
  return (hour ?? 0) * 60 + (minute ?? 0)
}

function hoursOf(rule: Pick<Rule, 'from_minute' | 'to_minute'> | undefined) {
  if (!rule || rule.from_minute === rule.to_minute) return { from_minute: '', to_minute: '' }
  return { from_minute: clockOf(rule.from_minute), to_minute: clockOf(rule.to_minute) }
}

export const ruleForm = (rule: Rule | undefined, category = ''): RuleForm => ({
  name: rule?.name ?? '',
  category: rule?.category ?? category,
  kind: rule?.kind ?? '',
  severity: rule?.severity ?? '',
  channel: rule?.channel ?? '',
  area_kind: rule?.area_kind ?? '',
  ...hoursOf(rule),
  days: rule?.days ?? '',
  target: rule?.target ?? 'station',
  value: rule?.value ?? '',
  capacity: rule?.capacity ? String(rule.capacity) : '',
  inform: rule?.inform ?? [],
  pool: rule?.pool ?? false,
  automatic: rule?.automatic ?? false,
})

/** Names of what a rule speaks of, in the language of the reader. */
export interface Words {
  t: (key: string, values?: Record<string, string>) => string
  category: (code: string) => string
  areaKind: (code: string) => string
  unit: (id: string) => string
  speciality: (code: string) => string
}

type Spoken = Pick<Rule, 'category' | 'kind' | 'severity' | 'channel' | 'area_kind' | 'target' | 'value' | 'pool' | 'automatic'> &
  Partial<Pick<Rule, 'from_minute' | 'to_minute' | 'days' | 'capacity' | 'inform'>>

/** When a rule fits: 22:00–次日 06:00. */
function hoursText(rule: Spoken, words: Words): string {
  const { from_minute: from = 0, to_minute: to = 0 } = rule
  if (from === to) return ''
  const end = clockOf(to)
  return words.t('rules.if.time', { from: clockOf(from), to: to < from && to > 0 ? words.t('rules.if.next', { to: end }) : end })
}

/** On which days: 工作日, or 周六、周日. */
function daysText(days: string | undefined, words: Words): string {
  if (!days) return ''
  if (days === 'workday' || days === 'restday') return words.t(`rules.days.${days}`)
  return [...days].map((day) => words.t(`rules.days.${day}`)).join(words.t('rules.and'))
}

/** What a rule fits: 环境类、紧急. */
export function conditionText(rule: Spoken, words: Words): string {
  const parts = [
    rule.category && words.t('rules.if.category', { name: words.category(rule.category) }),
    rule.kind && words.t(`option.kind.${rule.kind}`),
    rule.severity && words.t('rules.if.severity', { name: words.t(`option.severity.${rule.severity}`) }),
    rule.channel && words.t('rules.if.channel', { name: words.t(`rules.channel.${rule.channel}`) }),
    rule.area_kind && words.t('rules.if.area_kind', { name: words.areaKind(rule.area_kind) }),
    daysText(rule.days, words),
    hoursText(rule, words),
  ].filter(Boolean)
  return parts.length ? parts.join(words.t('rules.and')) : words.t('rules.if.all')
}

/** Who gets it and who is told: 巡区站（待认领），抄告中心. */
export function targetText(rule: Spoken, words: Words): string {
  const name = rule.target === 'unit' ? words.unit(rule.value) : rule.target === 'speciality' ? words.speciality(rule.value) : ''
  const who = words.t(`rules.then.${rule.target}`, { name })
  const how = [
    rule.pool && words.t('rules.pool'),
    rule.automatic && words.t('rules.automatic'),
    rule.capacity && words.t('rules.at_most', { n: String(rule.capacity) }),
  ].filter(Boolean)
  const told = (rule.inform ?? []).map((one) => words.t(`rules.inform.${one}`)).join(words.t('rules.and'))
  return (how.length ? words.t('rules.how', { who, how: how.join(words.t('rules.and')) }) : who) + (told ? words.t('rules.inform_to', { who: told }) : '')
}

/** The list with the item at `from` put to `to`; the same list when that is nowhere. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  if (to < 0 || to >= list.length || from < 0 || from >= list.length) return list
  const next = [...list]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(to, 0, item)
  return next
}

/** The form as a rule is sent: only some targets name something, wait in a pool or can be full. */
export function fitted(form: RuleForm) {
  return {
    ...form,
    from_minute: form.from_minute && form.to_minute ? minuteOf(form.from_minute) : 0,
    to_minute: form.from_minute && form.to_minute ? minuteOf(form.to_minute) : 0,
    value: form.target === 'unit' || form.target === 'speciality' ? form.value : '',
    capacity: bounded(form.target) ? Number(form.capacity.trim() || '0') || 0 : 0,
    pool: personal(form.target) ? false : form.pool,
  }
}

const one = (id: string) => ({ params: { path: { id } } })

export async function listRules(): Promise<Rule[]> {
  const answer: { items: Rule[] | null } = await call(api.GET('/api/v1/rules'))
  return answer.items ?? []
}

export const readRule = (id: string): Promise<Rule> => call(api.GET('/api/v1/rules/{id}', one(id)))

export function sendRule(id: string | undefined, form: RuleForm, version: number | undefined, intent: string): Promise<Rule> {
  const headers = intentHeader(intent)
  const body = fitted(form)
  if (id === undefined) return call(api.POST('/api/v1/rules', { body, headers }))
  return call(api.PUT('/api/v1/rules/{id}', { ...one(id), body: { ...body, version: version ?? 0 }, headers }))
}

export const setActive = (rule: Rule, active: boolean): Promise<Rule> =>
  call(api.POST('/api/v1/rules/{id}/active', { ...one(rule.id), body: { active, version: rule.version } }))

export const removeRule = (rule: Rule): Promise<void> =>
  call(api.DELETE('/api/v1/rules/{id}', { params: { path: { id: rule.id }, query: { version: rule.version } } }))

export async function orderRules(rules: Rule[]): Promise<Rule[]> {
  const body = { rules: rules.map(({ id, version }) => ({ id, version })) }
  const answer: { items: Rule[] | null } = await call(api.POST('/api/v1/rules/order', { body }))
  return answer.items ?? []
}

export interface Question {
  category?: string
  kind?: string
  severity?: string
  channel?: string
  lon?: number
  lat?: number
  area?: string
}

export const preview = (body: Question): Promise<Preview> => call(api.POST('/api/v1/rules/preview', { body }))
