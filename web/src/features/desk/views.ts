import { newIntent } from '@/api/intent'
import { knownFilters, workOf, type Shown, type Work } from './work'
import type { Filters } from '@/incident/filters'

/** A list that somebody gave a name, to find it again. */
export interface SavedView {
  id: string
  name: string
  tab: Work
  filters: Filters
}

/** More would be a list to search through, and the preference has room for so much. */
export const mostViews = 20
export const longestName = 20

export type NameProblem = 'empty' | 'taken' | 'full'

/** Why a view cannot be saved under a name; nothing when it can. `self` is the view being renamed. */
export function problemOf(views: SavedView[], name: string, self?: string): NameProblem | undefined {
  const wanted = name.trim()
  if (!wanted) return 'empty'
  if (views.some((view) => view.name === wanted && view.id !== self)) return 'taken'
  return !self && views.length >= mostViews ? 'full' : undefined
}

const copyOf = (filters: Filters): Filters => ({ ...filters, state: [...filters.state] })

export const addView = (views: SavedView[], name: string, shown: Shown): SavedView[] => [
  ...views,
  { id: newIntent().slice(0, 12), name: name.trim().slice(0, longestName), tab: shown.tab, filters: copyOf(shown.filters) },
]

export const renameView = (views: SavedView[], id: string, name: string): SavedView[] =>
  views.map((view) => (view.id === id ? { ...view, name: name.trim().slice(0, longestName) } : view))

export const removeView = (views: SavedView[], id: string): SavedView[] => views.filter((view) => view.id !== id)

/** Moves a view one place up or down; at the ends nothing happens. */
export function moveView(views: SavedView[], id: string, by: 1 | -1): SavedView[] {
  const at = views.findIndex((view) => view.id === id)
  const to = at + by
  if (at < 0 || to < 0 || to >= views.length) return views
  const moved = [...views]
  const [view] = moved.splice(at, 1)
  if (view) moved.splice(to, 0, view)
  return moved
}

/** The view that is exactly what is shown. */
export const viewShown = (views: SavedView[], shown: Shown): SavedView | undefined =>
  views.find((view) => view.tab === shown.tab && JSON.stringify(knownFilters(view.filters)) === JSON.stringify(knownFilters(shown.filters)))

/** The views as they were kept; what is no view is left out. */
export function knownViews(saved: unknown[]): SavedView[] {
  return saved.flatMap((value) => {
    const view = value as Partial<SavedView> | null
    const tab = typeof view?.tab === 'string' ? workOf(view.tab) : undefined
    if (!view || !tab || typeof view.id !== 'string' || typeof view.name !== 'string') return []
    return { id: view.id, name: view.name, tab, filters: knownFilters(view.filters) }
  })
}
