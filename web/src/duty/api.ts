import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api, call } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type OwnDuty = Schemas['DutyOwnView']
export type Shift = Schemas['DutyShiftView']
export type UnitNow = Schemas['DutyUnitNowView']
export type StaffedUnit = Schemas['DutyStaffedUnit']
export type Handover = Schemas['DutyHandoverView']
export type Point = Schemas['DutyPointView']
export type OpenItems = Schemas['DutyOpenItems']
export type Copied = Schemas['DutyCopied']

export const keys = {
  own: ['duty', 'own'] as const,
  now: ['duty', 'now'] as const,
  units: ['duty', 'units'] as const,
  points: ['duty', 'points'] as const,
}

/** How often the list of who is on duty is read again: people come and go by themselves. */
const every = 20_000

export const useOwnDuty = (enabled?: Ref<boolean>) =>
  useQuery({ queryKey: keys.own, queryFn: () => call(api.GET('/api/v1/me/duty')), refetchInterval: 60_000, enabled })

export const useNowOnDuty = () => useQuery({ queryKey: keys.now, queryFn: () => call(api.GET('/api/v1/duty/now')), refetchInterval: every })

export const usePoints = (enabled: Ref<boolean>) =>
  useQuery({ queryKey: keys.points, queryFn: () => call(api.GET('/api/v1/duty/positions')), refetchInterval: every, enabled })

export const useUnits = () => useQuery({ queryKey: keys.units, queryFn: () => call(api.GET('/api/v1/duty/units')), staleTime: 60_000 })

/** Reads everything of duty again once something of it was changed. */
export function useChange<T, R>(step: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: step, onSettled: () => client.invalidateQueries({ queryKey: ['duty'] }) })
}

export const useGoOn = () => useChange((body: { unit?: string; until?: number }) => call(api.POST('/api/v1/me/duty', { body })))
export const useGoOff = () => useChange(() => call(api.DELETE('/api/v1/me/duty')))

export const useHandOver = () => useChange((body: { shift: string; notes: string }) => call(api.POST('/api/v1/duty/handovers', { body })))
export const useTakeOver = () =>
  useChange(({ id, remark }: { id: string; remark: string }) => call(api.POST('/api/v1/duty/handovers/{id}/take', { params: { path: { id } }, body: { remark } })))

export const readOpenItems = (unit: string) => call(api.GET('/api/v1/duty/open-items', { params: { query: { unit } } }))
export const readHandovers = (unit: string, cursor?: string) => call(api.GET('/api/v1/duty/handovers', { params: { query: { unit, cursor, limit: 20 } } }))
export const readHandover = (id: string) => call(api.GET('/api/v1/duty/handovers/{id}', { params: { path: { id } } }))
export const readShifts = (unit: string, from: number, to: number) => call(api.GET('/api/v1/duty/shifts', { params: { query: { unit, from, to } } }))
