import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import { t, te } from '@/i18n'
import { categoryName } from '@/incident/category'
import type { AreaChoice, Row } from './api'
import { queryOf, type By, type FigureFilters } from './filters'
import { daysOfRow, type Days } from './period'

interface Known {
  code: string
  name: string
  name_en: string
}

/** What a row stands for, in words. */
export function rowName(by: By, row: Pick<Row, 'key' | 'name'>, categories: Known[] = []): string {
  if (!row.key) return t(`figures.without.${by}`)
  if (by === 'channel') return te(`option.channel.${row.key}`) ? t(`option.channel.${row.key}`) : row.key
  if (by === 'week') return t('figures.week_from', { day: row.key })
  if (by === 'category') {
    const known = categories.find((category) => category.code === row.key)
    if (known) return categoryName(known)
  }
  return row.name || (by === 'day' || by === 'month' ? row.key : t('figures.gone'))
}

/** The search that lists what the filters leave; nothing where it cannot. It knows no persons and no working days. */
export function searchOf(f: FigureFilters, days: Days): RouteLocationRaw | undefined {
  if (f.person) return
  const query: LocationQueryRaw = { area: f.area || undefined, unit: f.unit || undefined, category: f.category || undefined, channel: f.channel || undefined, ...days }
  return { name: 'search', query }
}

/** The incidents of a row. */
export function incidentsOf(f: FigureFilters, row: Pick<Row, 'key'>, days: Days): RouteLocationRaw | undefined {
  if (!row.key) return
  if (f.by === 'day' || f.by === 'week' || f.by === 'month') return searchOf(f, daysOfRow(f.by, row.key, days))
  return searchOf({ ...f, [f.by]: row.key }, days)
}

/** One level down from a row: into an area that has others in it, or to the days of a person. */
export function downOf(f: FigureFilters, row: Pick<Row, 'key'>, areas: AreaChoice[]): RouteLocationRaw | undefined {
  if (!row.key) return
  if (f.by === 'person') return { query: queryOf({ ...f, person: row.key, by: 'day', sort: '' }) }
  if (f.by !== 'area') return
  const at = areas.findIndex((area) => area.id === row.key)
  const below = areas[at + 1]
  const here = areas[at]
  if (!here || !below || below.depth <= here.depth) return
  return { query: queryOf({ ...f, area: row.key, level: '', sort: '' }) }
}

/** The way down to an area, from the highest that the person may see. */
export function pathTo(id: string, areas: AreaChoice[]): AreaChoice[] {
  const at = areas.findIndex((area) => area.id === id)
  const path: AreaChoice[] = []
  for (let n = at; n >= 0; n--) {
    const area = areas[n]!
    if (!path[0] || area.depth < path[0].depth) path.unshift(area)
  }
  return path
}

/** The levels that lie below an area, from the top down. */
export function levelsBelow(id: string, areas: AreaChoice[]): string[] {
  const at = areas.findIndex((area) => area.id === id)
  const depth = areas[at]?.depth ?? -1
  const levels: string[] = []
  for (const area of areas.slice(at + 1)) {
    if (area.depth <= depth) break
    if (!levels.includes(area.level)) levels.push(area.level)
  }
  return levels
}
