import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { Values } from '../shared/record-form'
import type { Foreseen, Limit, Stage } from '../shared/wire'

/** How a person says an amount; the server keeps minutes or days and how they are counted. */
export type Count = 'minutes' | 'hours' | 'working_minutes' | 'working_hours' | 'working_days' | 'calendar_days'

/** What the form of a limit holds. Dates are days of the office; the last one is still part of the time. */
export interface LimitForm extends Values {
  stage: Stage
  category: string
  severity: string
  channel: string
  area: string
  number: string
  count: Count
  every: string
  basis: string
  first: string
  last: string
  active: boolean
}

export const stages: Stage[] = ['verify', 'dispatch', 'accept_order', 'arrive', 'progress', 'handle', 'check', 'answer', 'total', 'reply', 'report_in']
export const counts: Count[] = ['minutes', 'hours', 'working_hours', 'working_days', 'calendar_days', 'working_minutes']
/** Timed reports are minutes or hours apart. */
export const shortCounts: Count[] = ['minutes', 'hours', 'working_hours', 'working_minutes']
export const severities = ['minor', 'general', 'major', 'emergency']
export const channels = ['hotline', 'window', 'app', 'visit', 'patrol', 'video', 'sensor', 'partner']

const inHours: Count[] = ['hours', 'working_hours']

/** The amount as a person says it: 240 working minutes are 4 working hours. */
export function spoken(unit: Limit['unit'], amount: number): { number: number; count: Count } {
  const whole = amount % 60 === 0
  if (unit === 'hours') return whole ? { number: amount / 60, count: 'hours' } : { number: amount, count: 'minutes' }
  if (unit === 'working_hours') return whole ? { number: amount / 60, count: 'working_hours' } : { number: amount, count: 'working_minutes' }
  return { number: amount, count: unit }
}

/** What the server keeps for what a person said; half an hour is 30 minutes. What is no number is 0, which it refuses. */
export function kept(number: string, count: Count): { unit: Limit['unit']; amount: number } {
  const said = Number(number.trim().replace(',', '.'))
  const amount = Number.isFinite(said) ? Math.round(inHours.includes(count) ? said * 60 : said) : 0
  if (count === 'minutes') return { unit: 'hours', amount }
  if (count === 'working_minutes') return { unit: 'working_hours', amount }
  return { unit: count, amount }
}

const two = (n: number) => String(n).padStart(2, '0')

/** The day of an instant, 2026-10-01; '' for none. */
export function dayOf(at: number): string {
  if (!at) return ''
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The instant at which a day begins, `after` days later; 0 for none. */
export function beginOf(day: string, after = 0): number {
  const [year, month, date] = day.split('-').map(Number)
  return year && month && date ? new Date(year, month - 1, date + after).getTime() : 0
}

export function limitForm(limit: Limit | undefined): LimitForm {
  const said = limit ? spoken(limit.unit, limit.amount) : { number: '', count: 'hours' as Count }
  const perHour = inHours.includes(said.count) ? 60 : 1
  return {
    stage: limit?.stage ?? 'handle', category: limit?.category ?? '', severity: limit?.severity ?? '', channel: limit?.channel ?? '', area: limit?.area ?? '',
    number: String(said.number), count: said.count, every: limit?.every ? String(limit.every / perHour) : '', basis: limit?.basis ?? '',
    first: dayOf(limit?.from ?? 0), last: limit?.to ? dayOf(limit.to - 1) : '', active: limit?.active ?? true,
  }
}

/** What is sent for a form. */
export function limitBody(form: LimitForm) {
  const { stage, category, severity, channel, area, basis, active } = form
  const every = stage === 'progress' && form.every.trim() ? kept(form.every, form.count).amount : 0
  return { stage, category, severity, channel, area, basis, active, every, ...kept(form.number, form.count), from: beginOf(form.first), to: beginOf(form.last, 1) }
}

/** Names of what a limit speaks of, in the language of the reader. */
export interface LimitWords {
  t: (key: string, values?: Record<string, string | number>) => string
  category: (code: string) => string
  area: (id: string) => string
}

type Said = Pick<Limit, 'stage' | 'category' | 'severity' | 'channel' | 'area' | 'unit' | 'amount' | 'every' | 'from' | 'to'>

/** 4 个工作小时. */
export function amountText(limit: Pick<Said, 'unit' | 'amount'>, { t }: LimitWords): string {
  const { number, count } = spoken(limit.unit, limit.amount)
  return t(`limits.amount.${count}${number === 1 ? '_one' : ''}`, { n: number })
}

/** 4 个工作小时，以后每隔 30 分钟. */
export function limitText(limit: Pick<Said, 'unit' | 'amount' | 'every'>, words: LimitWords): string {
  const amount = amountText(limit, words)
  if (!limit.every) return amount
  const every = amountText({ unit: limit.unit, amount: limit.every }, words)
  return limit.every === limit.amount ? words.t('limits.each', { every }) : words.t('limits.then_each', { amount, every })
}

/** What it fits: “暴露垃圾”，一般. */
export function conditionText(limit: Pick<Said, 'category' | 'severity' | 'channel' | 'area'>, words: LimitWords): string {
  const parts = [
    limit.category && words.t('limits.if.category', { name: words.category(limit.category) }),
    limit.severity && words.t('limits.if.severity', { name: words.t(`option.severity.${limit.severity}`) }),
    limit.channel && words.t('limits.if.channel', { name: words.t(`option.channel.${limit.channel}`) }),
    limit.area && words.t('limits.if.area', { name: words.area(limit.area) }),
  ].filter(Boolean)
  return parts.length ? parts.join(words.t('limits.and')) : words.t('limits.if.all')
}

/** From when and until when it holds; '' for always. */
export function validityText(limit: Pick<Said, 'from' | 'to'>, { t }: LimitWords): string {
  const values = { from: dayOf(limit.from), to: limit.to ? dayOf(limit.to - 1) : '' }
  if (limit.from && limit.to) return t('limits.valid.both', values)
  if (limit.from) return t('limits.valid.from', values)
  return limit.to ? t('limits.valid.to', values) : ''
}

/** Whether a limit counts for what starts now, later, no more, or not at all. */
export function standing(limit: Pick<Limit, 'active' | 'from' | 'to'>, now: number): 'now' | 'later' | 'past' | 'off' {
  if (!limit.active) return 'off'
  if (limit.from > now) return 'later'
  return limit.to && limit.to <= now ? 'past' : 'now'
}

/** The limits whose words hold all that was typed, in the order of the stages. */
export function found(limits: Limit[], query: string, stage: string, words: LimitWords): Limit[] {
  const typed = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const text = (limit: Limit) => [words.t(`limits.stage.${limit.stage}`), conditionText(limit, words), limitText(limit, words), limit.basis].join(' ').toLowerCase()
  return limits
    .filter((limit) => (!stage || limit.stage === stage) && typed.every((word) => text(limit).includes(word)))
    .sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage))
}

const one = (id: string) => ({ params: { path: { id } } })

export async function listLimits(): Promise<Limit[]> {
  const answer: { items: Limit[] } = await call(api.GET('/api/v1/limits'))
  return answer.items
}

export const readLimit = (id: string): Promise<Limit> => call(api.GET('/api/v1/limits/{id}', one(id)))

export function sendLimit(id: string | undefined, form: LimitForm, version: number | undefined, intent: string): Promise<Limit> {
  const headers = intentHeader(intent)
  const body = limitBody(form)
  if (id === undefined) return call(api.POST('/api/v1/limits', { body, headers }))
  return call(api.PUT('/api/v1/limits/{id}', { ...one(id), body: { ...body, version: version ?? 0 }, headers }))
}

export const removeLimit = (limit: Limit): Promise<void> =>
  call(api.DELETE('/api/v1/limits/{id}', { params: { path: { id: limit.id }, query: { version: limit.version } } }))

export interface Question {
  category?: string
  severity?: string
  channel?: string
  area?: string
  unit?: string
  at?: number
}

export const foresee = (query: Question): Promise<{ at: number; items: Foreseen[]; missing: number[] }> => call(api.GET('/api/v1/limits/preview', { params: { query } }))
