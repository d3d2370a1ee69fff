import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { Calendar, CalendarDay, Hours, ImportedDays, Window } from '../shared/wire'

/** The calendar that counts for everybody without hours of their own. */
export const common = 'common'

/** One day as the year shows it. */
export interface Cell {
  date: string
  day: number
  /** Whether the office works then. */
  open: boolean
  /** How it differs from its week. */
  said?: CalendarDay
}

/** A month with the empty places before its first day; weeks begin on Monday. */
export interface Month {
  month: number
  blank: number
  cells: Cell[]
}

const two = (n: number) => String(n).padStart(2, '0')
const dateText = (year: number, month: number, day: number) => `${year}-${two(month)}-${two(day)}`

/** The twelve months of a year by a week and the days that differ from it. */
export function monthsOf(year: number, week: Window[][], days: CalendarDay[]): Month[] {
  const said = new Map(days.map((day) => [day.date, day]))
  return Array.from({ length: 12 }, (_, m) => {
    const first = new Date(Date.UTC(year, m, 1)).getUTCDay()
    const length = new Date(Date.UTC(year, m + 1, 0)).getUTCDate()
    const cells = Array.from({ length }, (_unused, d): Cell => {
      const date = dateText(year, m + 1, d + 1)
      const day = said.get(date)
      const usual = (week[(first + d) % 7] ?? []).length > 0
      return { date, day: d + 1, open: day ? day.kind === 'workday' : usual, said: day }
    })
    return { month: m + 1, blank: (first + 6) % 7, cells }
  })
}

/** The date a number of days later. */
export function later(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const moved = new Date(Date.UTC(year, month - 1, day + days))
  return dateText(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
}

/** How many days the office works in a year. */
export const workingDays = (months: Month[]) => months.reduce((sum, month) => sum + month.cells.filter((cell) => cell.open).length, 0)

/** 09:00 of the 540th minute. */
export const timeText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** 09:00-12:00, 14:00-18:00, as people type and read it. */
export const windowsText = (windows: Window[]) => windows.map(({ from, to }) => `${timeText(from)}-${timeText(to)}`).join(', ')

/** Reads hours as people type them; undefined for what is none. An empty text is a closed day. */
export function readWindows(text: string): Window[] | undefined {
  const plain = text.trim().replace(/：/g, ':').replace(/\s*[-–—~～至到]+\s*/g, '-')
  const parts = plain.split(/[\s,，、;；]+/).filter(Boolean)
  const windows: Window[] = []
  for (const part of parts) {
    const times = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/.exec(part)
    if (!times) return undefined
    const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = times
    if (Number(fromMinute) > 59 || Number(toMinute) > 59) return undefined
    windows.push({ from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + Number(toMinute) })
  }
  return windows
}

const at = (id: string) => ({ params: { path: { id } } })

export const readCalendar = (): Promise<Calendar> => call(api.GET('/api/v1/calendars/{id}', at(common)))

export const sendWeek = (name: string, week: Window[][], version: number, intent: string): Promise<Calendar> =>
  call(api.PUT('/api/v1/calendars/{id}', { ...at(common), body: { name, week, version }, headers: intentHeader(intent) }))

export const sendDay = (date: string, body: { kind: CalendarDay['kind']; name: string; windows: Window[] }): Promise<Calendar> =>
  call(api.PUT('/api/v1/calendars/{id}/days/{date}', { params: { path: { id: common, date } }, body }))

export const removeDay = (date: string): Promise<Calendar> => call(api.DELETE('/api/v1/calendars/{id}/days/{date}', { params: { path: { id: common, date } } }))

export const confirmYear = (year: number): Promise<Calendar> => call(api.POST('/api/v1/calendars/{id}/years/{year}/confirm', { params: { path: { id: common, year } } }))

/** Looks at a file of days, or with `write` brings it in. */
export const importDays = (file: string, write: boolean): Promise<ImportedDays> => call(api.POST('/api/v1/calendars/{id}/import', { ...at(common), body: { file, write } }))

export const readHours = (unit: string): Promise<Hours> => call(api.GET('/api/v1/units/{id}/hours', at(unit)))

export const sendHours = (unit: string, week: Window[][], holidays: boolean, version: number, intent: string): Promise<Hours> =>
  call(api.PUT('/api/v1/units/{id}/hours', { ...at(unit), body: { week, holidays, version }, headers: intentHeader(intent) }))

export const removeHours = (hours: Hours): Promise<Hours> => call(api.DELETE('/api/v1/units/{id}/hours', { params: { path: { id: hours.unit }, query: { version: hours.version } } }))

/** A file as the server takes it. */
export async function encoded(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
