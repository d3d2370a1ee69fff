import type { LocationQuery } from 'vue-router'
import { one } from './useOpen'
import type { ListQuery } from './api'
import { boxAround, readNear } from './near'

/** The filters of the search, as the address holds them: texts, dates as days of this browser's calendar. */
export interface Filters {
  q: string
  state: string[]
  category: string
  channel: string
  severity: string
  area: string
  unit: string
  /** A place whose surroundings are meant, see near.ts. */
  near: string
  /** How the nearest clock stands: yellow or red. */
  clock: string
  /** What it is marked as, one of `flags`. */
  flag: string
  from: string
  to: string
}

/** The states to choose from; what the marks call dispatched, taken and arrived is one state to the server. */
export const states = ['reported', 'verifying', 'accepted', 'in_progress', 'checking', 'checked', 'closed', 'rejected', 'merged', 'voided'] as const
export const channels = ['hotline', 'window', 'visit', 'app', 'patrol', 'partner', 'video', 'sensor'] as const

export const clocks = ['yellow', 'red'] as const
export const flags = ['suspended', 'deferred', 'supervised', 'study', 'escalated', 'asked'] as const

const words = ['q', 'category', 'channel', 'severity', 'area', 'unit', 'near', 'clock', 'flag', 'from', 'to'] as const

export const noFilters = (): Filters => ({ q: '', state: [], category: '', channel: '', severity: '', area: '', unit: '', near: '', clock: '', flag: '', from: '', to: '' })

/** Reads the filters from an address. States that do not exist are left out. */
export function filtersOf(query: LocationQuery): Filters {
  const filters = noFilters()
  for (const name of words) filters[name] = one(query[name])
  const given = one(query.state).split(',')
  filters.state = states.filter((state) => given.includes(state))
  return filters
}

/** The part of an address that holds the filters; what is not set is left out. */
export function queryOf(filters: Filters): Record<string, string | undefined> {
  const query: Record<string, string | undefined> = { state: filters.state.join(',') || undefined }
  for (const name of words) query[name] = filters[name].trim() || undefined
  return query
}

const dayStart = (day: string, offset = 0): number | undefined => {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date + offset).getTime()
}

/** What the server is asked; the last day counts in full. */
export function listQueryOf(filters: Filters): ListQuery {
  const near = readNear(filters.near)
  return {
    q: filters.q.trim() || undefined,
    state: filters.state.length ? filters.state : undefined,
    category: filters.category || undefined,
    channel: filters.channel || undefined,
    severity: filters.severity || undefined,
    area: filters.area || undefined,
    unit: filters.unit || undefined,
    clock: filters.clock || undefined,
    flag: filters.flag || undefined,
    bbox: near && boxAround(near),
    from: dayStart(filters.from),
    to: dayStart(filters.to, 1),
  }
}

/** How many filters narrow the list, words aside. */
export const filterCount = (filters: Filters) =>
  words.filter((name) => name !== 'q' && filters[name]).length + (filters.state.length ? 1 : 0)
