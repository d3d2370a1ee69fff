import { api, call } from '@/api/client'
import type { Values } from '../shared/record-form'
import type { UnitKind, UnitView } from '../shared/wire'
import type { Page } from '../shared/paged'
import { t, te } from '@/i18n'
import { intentHeader } from '@/api/intent'

/** The kinds of units in the order in which a form offers them. */
export const unitKinds: UnitKind[] = ['centre', 'station', 'department', 'community', 'team', 'company']

/** The name of a speciality, or its code where nobody gave it a name. */
export const specialityName = (code: string) => (te(`units.speciality.${code}`) ? t(`units.speciality.${code}`) : code)

/** What the form of a unit holds. */
export interface UnitForm extends Values {
  code: string
  name: string
  kind: UnitKind
  speciality: string
  parent: string
  area: string
  section: string
  phone: string
  address: string
}

export const unitForm = (unit: UnitView | undefined): UnitForm => ({
  code: unit?.code ?? '',
  name: unit?.name ?? '',
  kind: unit?.kind ?? 'station',
  speciality: unit?.speciality ?? '',
  parent: unit?.parent?.id ?? '',
  area: unit?.area?.id ?? '',
  section: unit?.section ?? '',
  phone: unit?.phone ?? '',
  address: unit?.address ?? '',
})

export interface UnitQuery {
  q: string
  kind: UnitKind | ''
  open: '' | 'true' | 'false'
  sort: string
}

export const listUnits = (query: UnitQuery, cursor?: string): Promise<Page<UnitView>> =>
  call(
    api.GET('/api/v1/units', {
      params: { query: { q: query.q, kind: query.kind || undefined, open: query.open || undefined, sort: query.sort, cursor } },
    }),
  )

export const readUnit = (id: string): Promise<UnitView> => call(api.GET('/api/v1/units/{id}', { params: { path: { id } } }))

/** Makes a unit, or changes the one that was read in this version. */
export function sendUnit(id: string | undefined, form: UnitForm, version: number | undefined, intent: string): Promise<UnitView> {
  const headers = intentHeader(intent)
  if (id === undefined || version === undefined) return call(api.POST('/api/v1/units', { body: form, headers }))
  return call(api.PUT('/api/v1/units/{id}', { params: { path: { id } }, body: { ...form, version }, headers }))
}

/** Closes a unit that nobody works in, or opens it again. */
export const setOpen = (unit: UnitView, open: boolean): Promise<UnitView> =>
  call(
    api.POST(open ? '/api/v1/units/{id}/reopen' : '/api/v1/units/{id}/close', {
      params: { path: { id: unit.id } },
      body: { version: unit.version },
    }),
  )
