import { api, call } from '@/api/client'

export interface Colleague {
  id: string
  name: string
  absent: boolean
  openOrders: number
}

export const readAbsence = () => call(api.GET('/api/v1/me/absence'))
export const saveAbsence = (body: { from: number; to: number; delegate?: string; note?: string }) => call(api.PUT('/api/v1/me/absence', { body }))
export const endAbsence = () => call(api.DELETE('/api/v1/me/absence'))
export const handOver = () => call(api.POST('/api/v1/me/absence', { body: { hand_over: true } }))

/** Those of my units who could stand in, whoever is there first. */
export async function readColleagues(units: string[], me: string): Promise<Colleague[]> {
  const lists = await Promise.all(units.map((id) => call(api.GET('/api/v1/units/{id}/people', { params: { path: { id } } }))))
  const people = lists.flatMap(({ items }) => items ?? []).filter(({ id }) => id !== me)
  const known = new Map(people.map(({ id, name, absent, open_orders }) => [id, { id, name, absent, openOrders: open_orders }]))
  return [...known.values()].sort((a, b) => Number(a.absent) - Number(b.absent) || a.openOrders - b.openOrders)
}

/** A day of this phone's calendar as a moment: its beginning, or with `after` the beginning of the next. */
export function dayStart(day: string, after = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + after).getTime()
}

/** A moment as a day of this phone's calendar, as fields of days want it. */
export function dayOf(at: number): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
