import { api, call } from '@/api/client'
import type { Option } from '@/ui/action-form'
import { t } from '@/i18n'
import type { AreaView, UnitKind, UnitView } from './wire'

/** Finds open units by name or code. */
export async function findUnits(q: string, kind?: UnitKind): Promise<Option[]> {
  const page: { items: UnitView[] } = await call(api.GET('/api/v1/units', { params: { query: { q, kind, open: 'true', limit: 20, sort: 'name' } } }))
  return page.items.map((unit) => ({ value: unit.id, label: unit.name }))
}

/** An area by its name and what it lies in, because grids of different communities share names. */
export const areaName = (area: { name: string; parent_name?: string }) => [area.parent_name, area.name].filter(Boolean).join(' › ')

/** An area as a choice. */
export const areaOption = (area: AreaView): Option => ({ value: area.id, label: `${areaName(area)}（${t(`areas.level.${area.level}`)}）` })

/** Finds areas by words of the name or the beginning of the code. */
export async function findAreas(q: string): Promise<Option[]> {
  const page: { items: AreaView[] } = await call(api.GET('/api/v1/areas', { params: { query: { q, limit: 20 } } }))
  return page.items.map(areaOption)
}
