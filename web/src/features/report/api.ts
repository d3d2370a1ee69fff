import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/api/client'
import { intentHeader, newIntent } from '@/api/intent'
import type { components } from '@/api/schema'
import { language } from '@/i18n'

type Schemas = components['schemas']
export type Report = Schemas['ReportView']
export type ReportPage = Schemas['ReportPage']
export type Figure = Schemas['ReportFigure']
export type Row = Schemas['ReportRow']
export type Kind = Report['kind']
export type Schedule = Schemas['ReportScheduleView']
export type Definition = Schemas['ReportDefinition']
export type Grid = Schemas['ReportGrid']
export type Table = Schemas['ReportTableView']
export type Indicator = Schemas['ReportIndicator']

const lang = () => language() as 'zh-CN' | 'en'
export const kinds = ['daily', 'weekly', 'monthly'] as const

export const useReports = (kind: MaybeRefOrGetter<Kind | undefined>) =>
  useQuery({ queryKey: ['reports', kind], queryFn: () => call(api.GET('/api/v1/reports', { params: { query: { kind: toValue(kind), limit: 100 } } })) })

export const useReport = (id: MaybeRefOrGetter<string>) =>
  useQuery({ queryKey: ['report', id, lang()], queryFn: () => call(api.GET('/api/v1/reports/{id}', { params: { path: { id: toValue(id) }, query: { lang: lang() } } })) })

export const useAreas = () => useQuery({ queryKey: ['report-areas'], queryFn: () => call(api.GET('/api/v1/reports/areas')), staleTime: 300_000 })

export const useSchedules = () => useQuery({ queryKey: ['report-schedules'], queryFn: () => call(api.GET('/api/v1/reports/schedules')) })

export const makeReport = (kind: Kind, area: string, day: string) =>
  call(api.POST('/api/v1/reports', { params: { query: { lang: lang() } }, body: { kind, area, day }, headers: intentHeader(newIntent()) }))

export const dropReport = (id: string) => call(api.DELETE('/api/v1/reports/{id}', { params: { path: { id } } }))

export const putSchedule = (one: Pick<Schedule, 'kind' | 'minute' | 'enabled'> & { area: string; version?: number }) =>
  call(api.PUT('/api/v1/reports/schedules', { body: one, headers: intentHeader(newIntent()) }))

export const useTables = () => useQuery({ queryKey: ['report-tables'], queryFn: () => call(api.GET('/api/v1/tables')) })
export const useTableOptions = () => useQuery({ queryKey: ['report-table-options'], queryFn: () => call(api.GET('/api/v1/tables/options')), staleTime: Infinity })
export const useCategoryChoices = () => useQuery({ queryKey: ['report-categories'], queryFn: () => call(api.GET('/api/v1/public/categories')), staleTime: 300_000 })

export const countTable = (body: Definition, signal?: AbortSignal) => call(api.POST('/api/v1/tables/count', { body, signal }))

export interface TableBody {
  name: string
  definition: Definition
  shared?: boolean
  version?: number
}
export const keepTable = (body: TableBody, id?: string) =>
  id
    ? call(api.PUT('/api/v1/tables/{id}', { params: { path: { id } }, body, headers: intentHeader(newIntent()) }))
    : call(api.POST('/api/v1/tables', { body, headers: intentHeader(newIntent()) }))
export const dropTable = (id: string) => call(api.DELETE('/api/v1/tables/{id}', { params: { path: { id } } }))
export const restoreTable = (id: string) => call(api.POST('/api/v1/tables/{id}/restore', { params: { path: { id } }, headers: intentHeader(newIntent()) }))
