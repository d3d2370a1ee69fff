import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import { language, t, te } from '@/i18n'
import type { Page } from '../shared/paged'
import type { Values } from '../shared/record-form'
import type { AreaDetail, AreaFeature, AreaKind, AreaView, ImportReport, Level, PatrolArea, Shortage, StaffingLine } from '../shared/wire'

/** The levels from the top down. */
export const levels: Level[] = ['city', 'district', 'street', 'community', 'grid', 'microgrid']
/** The datums in which boundaries may be given. */
export const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const

/** The levels that an area below `parent` may have: everything lower. */
export const levelsBelow = (parent: Level | undefined) => (parent ? levels.slice(levels.indexOf(parent) + 1) : levels)

/** The name of a role by its code; the system administrator may not read the roles themselves. */
export const roleName = (code: string) => (te(`admin.role.${code}`) ? t(`admin.role.${code}`) : code)
export const kindName = (kinds: AreaKind[] | undefined, code: string) => {
  const kind = kinds?.find((one) => one.code === code)
  return kind ? (language() === 'en' ? kind.name_en : kind.name_zh) : code
}

const one = (id: string) => ({ params: { path: { id } } })

export const listAreas = (query: { parent?: string; q?: string; level?: Level; sort?: 'code' | 'name' | 'changed' }, cursor?: string): Promise<Page<AreaView>> =>
  call(api.GET('/api/v1/areas', { params: { query: { ...query, limit: 100, cursor } } }))
export const readArea = (id: string): Promise<AreaDetail> => call(api.GET('/api/v1/areas/{id}', one(id)))
export const readShape = (id: string): Promise<AreaFeature> => call(api.GET('/api/v1/areas/{id}/shape', one(id)))
export const readShapeAt = (id: string, at: number): Promise<AreaFeature> =>
  call(api.GET('/api/v1/areas/{id}/shape', { params: { path: { id }, query: { at } } }))
export async function listShapes(level: Level, parent: string): Promise<AreaFeature[]> {
  const answer: { features: AreaFeature[] } = await call(api.GET('/api/v1/areas/shapes', { params: { query: { level, parent } } }))
  return answer.features
}
/** Boundaries of a level in a part of the world; the server stops at 5,000. */
export async function shapesIn(level: Level, bbox: string): Promise<{ features: AreaFeature[]; truncated: boolean }> {
  return call(api.GET('/api/v1/areas/shapes', { params: { query: { level, bbox } } }))
}
export async function listKinds(): Promise<AreaKind[]> {
  const answer: { items: AreaKind[] } = await call(api.GET('/api/v1/area-kinds'))
  return answer.items
}

/** What the form of an area holds. The boundary is GeoJSON text. */
export interface AreaForm extends Values {
  name: string
  code: string
  level: Level
  kind: string
  shape: string
  datum: string
}

export const areaForm = (area: AreaDetail | undefined, level: Level = 'grid'): AreaForm => ({
  name: area?.name ?? '',
  code: area?.code ?? '',
  level: area?.level ?? level,
  kind: area?.kind ?? '',
  shape: '',
  datum: '',
})

export function createArea(form: AreaForm, parent: string, intent: string): Promise<AreaDetail> {
  const shape = form.shape.trim() ? { shape: JSON.parse(form.shape) as unknown, datum: form.datum } : {}
  const body = { name: form.name, code: form.code, level: form.level, kind: form.kind, ...(parent ? { parent_id: parent } : {}), ...shape }
  return call(api.POST('/api/v1/areas', { body, headers: intentHeader(intent) }))
}

export const updateArea = (id: string, form: AreaForm, version: number, intent: string): Promise<AreaDetail> =>
  call(
    api.PATCH('/api/v1/areas/{id}', {
      ...one(id),
      body: { name: form.name, code: form.code, kind: form.kind, version },
      headers: intentHeader(intent),
    }),
  )

export const closeArea = (area: AreaView): Promise<void> =>
  call(api.POST('/api/v1/areas/{id}/close', { ...one(area.id), body: { version: area.version } }))

/** Gives an area another boundary from now on; what was filed before keeps its area. */
export const redrawArea = (area: AreaView, shape: string, datum: string): Promise<{ changed: string[] }> =>
  call(
    api.POST('/api/v1/areas/redraw', {
      body: { datum, shapes: [{ area_id: area.id, shape: JSON.parse(shape) as unknown, version: area.version }] },
    }),
  )

export interface ImportQuery {
  datum: string
  level?: string
  parent?: string
  kind?: string
  partial?: boolean
  source?: string
  code_field?: string
  name_field?: string
  parent_field?: string
  dry_run?: boolean
}

/** Reads a GeoJSON file of areas, or with `dry_run` only says what it would do. */
export const importAreas = (file: string, query: ImportQuery): Promise<ImportReport> =>
  call(
    api.POST('/api/v1/areas/import', {
      params: { query },
      body: file,
      bodySerializer: (text: string) => text,
      headers: { 'Content-Type': 'application/geo+json' },
    }),
  )

export const listShortages = (query: { level?: Level; under?: string; role?: string; limit?: number }): Promise<{ items: Shortage[]; total: number }> =>
  call(api.GET('/api/v1/areas/staffing', { params: { query } }))
export async function listStaffing(): Promise<StaffingLine[]> {
  const answer: { items: StaffingLine[] } = await call(api.GET('/api/v1/staffing-templates'))
  return answer.items
}

/** The order in which a team is named: head, instructor, worker, then the others. */
export const team = ['grid_head', 'grid_instructor', 'grid_worker', 'functional_worker', 'microgrid_worker']
export const placeInTeam = (role: string) => (team.includes(role) ? team.indexOf(role) : team.length)

/** The lines of the template in force for a level and kind: a kind's own line stands before the general one. */
export function staffingOf(lines: StaffingLine[], level: Level, kind: string): StaffingLine[] {
  const found = new Map<string, StaffingLine>()
  for (const line of lines) {
    if (line.level !== level || (line.kind !== '' && line.kind !== kind)) continue
    if (!found.has(line.role) || line.kind !== '') found.set(line.role, line)
  }
  return [...found.values()].filter((line) => line.least > 0).sort((a, b) => placeInTeam(a.role) - placeInTeam(b.role))
}

export async function listPatrols(): Promise<PatrolArea[]> {
  const answer: { items: PatrolArea[] } = await call(api.GET('/api/v1/patrol-areas'))
  return answer.items
}
export const readPatrol = (id: string): Promise<PatrolArea> => call(api.GET('/api/v1/patrol-areas/{id}', one(id)))

/** What the form of a patrol area holds. */
export interface PatrolForm extends Values {
  name: string
  code: string
  kind: 'general' | 'dedicated'
  station_id: string
  members: { id: string; name: string; level: Level; parent_name?: string }[]
}

export const patrolForm = (patrol: PatrolArea | undefined): PatrolForm => ({
  name: patrol?.name ?? '',
  code: patrol?.code ?? '',
  kind: patrol?.kind ?? 'general',
  station_id: patrol?.station_id ?? '',
  members: (patrol?.members ?? []).map(({ id, name, level, parent_name }) => ({ id, name, level, parent_name })),
})

export function sendPatrol(id: string | undefined, form: PatrolForm, version: number | undefined, intent: string): Promise<PatrolArea> {
  const headers = intentHeader(intent)
  const body = { ...form, members: form.members.map((member) => member.id) }
  if (id === undefined) return call(api.POST('/api/v1/patrol-areas', { body, headers }))
  return call(api.PATCH('/api/v1/patrol-areas/{id}', { ...one(id), body: { ...body, version }, headers }))
}

export const closePatrol = (patrol: PatrolArea): Promise<void> =>
  call(api.POST('/api/v1/patrol-areas/{id}/close', { ...one(patrol.id), body: { version: patrol.version } }))
