import type { ListQuery } from '@/incident/api'
import { filterCount, listQueryOf, noFilters, type Filters } from '@/incident/filters'
import type { Incident } from '@/incident/types'
import { byDue, newestFirst, type Order } from './queue'

/** What the desk works on, as tabs of the queue: `soon` is due soon or overdue, `due` is who is to be called back now, `all` whatever there is. */
export const works = ['todo', 'soon', 'today', 'unplaced', 'due'] as const
export type Work = (typeof works)[number] | 'all'

export const workOf = (name: string): Work | undefined => [...works, 'all' as const].find((work) => work === name)

/** One list of the desk: which work, narrowed by what. */
export interface Shown {
  tab: Work
  filters: Filters
}

const byTab: Record<Work, ListQuery> = {
  todo: { queue: 'todo' },
  soon: { queue: 'soon' },
  today: { queue: 'today' },
  unplaced: { queue: 'unplaced' },
  due: { call: 'due' },
  all: {},
}

/** What the server is asked for a list. */
export const askOf = ({ tab, filters }: Shown): ListQuery => ({ ...listQueryOf(filters), ...byTab[tab] })

/** In which order the server gives a list. */
export const orderOf = (tab: Work): Order => (tab === 'soon' ? byDue : newestFirst)

export const isNarrowed = (filters: Filters) => filterCount(filters) > 0 || filters.q.trim() !== ''

/** Filters as another version of the page may have kept them: what is not known is left out. */
export function knownFilters(saved: Partial<Filters> | undefined): Filters {
  const filters = noFilters()
  for (const name of Object.keys(filters) as (keyof Filters)[]) {
    const value = saved?.[name]
    if (Array.isArray(filters[name])) {
      if (Array.isArray(value)) Object.assign(filters, { [name]: value.filter((one) => typeof one === 'string') })
    } else if (typeof value === 'string') Object.assign(filters, { [name]: value })
  }
  return filters
}

/** What stands above everything: a worker calls for help and nobody has taken it yet. */
export const isHelp = (incident: Incident) => incident.category?.code === 'worker_help'
