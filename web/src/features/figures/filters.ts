import type { LocationQuery } from 'vue-router'
import type { operations } from '@/api/schema'
import { daysOf, periods, type Period } from './period'

export type Ask = NonNullable<operations['figures']['parameters']['query']>
export type LateAsk = NonNullable<operations['figureLate']['parameters']['query']>

export const bys = ['area', 'unit', 'person', 'category', 'channel', 'day', 'week', 'month'] as const
export type By = (typeof bys)[number]
export const compares = ['previous', 'year', 'baseline', 'none'] as const
export type Compare = (typeof compares)[number]
export const tops = ['10', '20', '50', 'all'] as const

/** What the figures are of, as the address holds it. */
export interface FigureFilters {
  by: By
  level: string
  area: string
  unit: string
  person: string
  category: string
  channel: string
  period: Period
  from: string
  to: string
  compare: Compare
  baseline_from: string
  baseline_to: string
  working: boolean
  sort: string
  top: (typeof tops)[number]
}

const texts = ['level', 'area', 'unit', 'person', 'category', 'channel', 'from', 'to', 'baseline_from', 'baseline_to', 'sort'] as const

/** What somebody sees who opens the page once a week: the last seven days by area, against the seven before. */
export const usual = (): FigureFilters => ({
  by: 'area', level: '', area: '', unit: '', person: '', category: '', channel: '', period: 'week', from: '', to: '',
  compare: 'previous', baseline_from: '', baseline_to: '', working: false, sort: '', top: '20',
})

const one = (value: LocationQuery[string] | undefined) => String((Array.isArray(value) ? value[0] : value) ?? '')
const among = <T extends string>(list: readonly T[], value: string, start: T): T => list.find((known) => known === value) ?? start

/** Reads the filters from an address; what it does not know stays as usual. */
export function filtersOf(query: LocationQuery): FigureFilters {
  const filters = usual()
  for (const name of texts) filters[name] = one(query[name]).slice(0, 100)
  filters.by = among(bys, one(query.by), filters.by)
  filters.period = among(periods, one(query.period), filters.period)
  filters.compare = among(compares, one(query.compare), filters.compare)
  filters.top = among(tops, one(query.top), filters.top)
  filters.working = one(query.working) === '1'
  return filters
}

/** The part of an address that holds the filters; what is as usual is left out. */
export function queryOf(filters: FigureFilters): Record<string, string | undefined> {
  const start = usual()
  const query: Record<string, string | undefined> = { working: filters.working ? '1' : undefined }
  for (const name of [...texts, 'by', 'period', 'compare', 'top'] as const) query[name] = filters[name] === start[name] ? undefined : filters[name]
  return query
}

/** Which incidents count, as the server is asked. */
function selectors(f: FigureFilters, today: string) {
  const { from, to } = daysOf(f.period, today, f)
  const set = (value: string) => value || undefined
  return { area: set(f.area), unit: set(f.unit), person: set(f.person), category: set(f.category), channel: set(f.channel), from, to, working_days: f.working || undefined }
}

/** The question behind a table, with the figures that it shows. */
export function askOf(f: FigureFilters, today: string, kpis: string[]): Ask {
  const ask: Ask = { ...selectors(f, today), by: f.by, kpis, compare: f.compare, top: f.top === 'all' ? 0 : Number(f.top), sort: f.sort || undefined }
  if (f.by === 'area' && f.level) ask.level = f.level
  if (f.compare === 'baseline') Object.assign(ask, { baseline_from: f.baseline_from || undefined, baseline_to: f.baseline_to || undefined })
  return ask
}

/** The question behind the list of what was late. */
export const lateAskOf = (f: FigureFilters, today: string): LateAsk => selectors(f, today)

/** How many filters narrow the figures, beside the area and the time. */
export const narrowings = (f: FigureFilters) => [f.unit, f.person, f.category, f.channel, f.working].filter(Boolean).length
