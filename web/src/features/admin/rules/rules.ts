import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { Values } from '../shared/record-form'
import type { Preview, Rule, Target } from '../shared/wire'

/** What the form of a rule holds. */
export interface RuleForm extends Values {
  name: string
  category: string
  kind: string
  severity: string
  channel: string
  area_kind: string
  target: Target
  value: string
  pool: boolean
  automatic: boolean
}

/** The targets in the order in which a form offers them. */
export const targets: Target[] = ['station', 'community', 'speciality', 'unit', 'worker', 'centre']
export const kinds = ['appeal', 'enquiry', 'help', 'complaint', 'tipoff', 'suggestion', 'hazard']
export const severities = ['minor', 'general', 'major', 'emergency']
export const channels = ['hotline', 'window', 'app', 'visit', 'patrol', 'video', 'sensor', 'partner']

export const ruleForm = (rule: Rule | undefined, category = ''): RuleForm => ({
  name: rule?.name ?? '',
  category: rule?.category ?? category,
  kind: rule?.kind ?? '',
  severity: rule?.severity ?? '',
  channel: rule?.channel ?? '',
  area_kind: rule?.area_kind ?? '',
  target: rule?.target ?? 'station',
  value: rule?.value ?? '',
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

type Spoken = Pick<Rule, 'category' | 'kind' | 'severity' | 'channel' | 'area_kind' | 'target' | 'value' | 'pool' | 'automatic'>

/** What a rule fits: 环境类、紧急. */
export function conditionText(rule: Spoken, words: Words): string {
  const parts = [
    rule.category && words.t('rules.if.category', { name: words.category(rule.category) }),
    rule.kind && words.t(`option.kind.${rule.kind}`),
    rule.severity && words.t('rules.if.severity', { name: words.t(`option.severity.${rule.severity}`) }),
    rule.channel && words.t('rules.if.channel', { name: words.t(`rules.channel.${rule.channel}`) }),
    rule.area_kind && words.t('rules.if.area_kind', { name: words.areaKind(rule.area_kind) }),
  ].filter(Boolean)
  return parts.length ? parts.join(words.t('rules.and')) : words.t('rules.if.all')
}

/** Who gets it: 巡区站（待认领）. */
export function targetText(rule: Spoken, words: Words): string {
  const name = rule.target === 'unit' ? words.unit(rule.value) : rule.target === 'speciality' ? words.speciality(rule.value) : ''
  const who = words.t(`rules.then.${rule.target}`, { name })
  const how = [rule.pool && words.t('rules.pool'), rule.automatic && words.t('rules.automatic')].filter(Boolean)
  return how.length ? words.t('rules.how', { who, how: how.join(words.t('rules.and')) }) : who
}

/** The list with the item at `from` put to `to`; the same list when that is nowhere. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  if (to < 0 || to >= list.length || from < 0 || from >= list.length) return list
  const next = [...list]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(to, 0, item)
  return next
}

/** A rule cannot wait in a pool for a person who is named already, and only some targets name something. */
export function fitted(form: RuleForm): RuleForm {
  return {
    ...form,
    value: form.target === 'unit' || form.target === 'speciality' ? form.value : '',
    pool: form.target === 'worker' ? false : form.pool,
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
