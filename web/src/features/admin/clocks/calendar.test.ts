import { describe, expect, it } from 'vitest'
import type { CalendarDay } from '../shared/wire'
import { encoded, later, monthsOf, readWindows, windowsText, workingDays } from './calendar'

const day = [{ from: 540, to: 720 }, { from: 840, to: 1080 }]
const week = [[], day, day, day, day, day, []]
const said = (date: string, kind: CalendarDay['kind']): CalendarDay => ({ date, kind, name: '', windows: [], sample: false })

describe('the year', () => {
  const months = monthsOf(2026, week, [said('2026-10-01', 'holiday'), said('2026-10-10', 'workday')])
  it('has every day once, under its weekday, Monday first', () => {
    expect(months.map((month) => month.cells.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    expect(months[9]?.blank).toBe(3) // 1 October 2026 is a Thursday
    expect(monthsOf(2026, week, [])[5]?.blank).toBe(0) // 1 June is a Monday
    expect(monthsOf(2026, week, [])[1]?.blank).toBe(6) // 1 February is a Sunday
    expect(monthsOf(2028, week, [])[1]?.cells.length).toBe(29)
  })

  it('knows when the office works', () => {
    const open = (date: number) => months[9]?.cells[date - 1]?.open
    expect([open(1), open(2), open(3), open(10), open(11)]).toEqual([false, true, false, true, false])
    expect(workingDays(monthsOf(2026, week, []))).toBe(261)
    expect(workingDays(months)).toBe(261)
  })

  it('moves from day to day over the ends of months', () => {
    expect(later('2026-02-28', 1)).toBe('2026-03-01')
    expect(later('2026-01-01', -7)).toBe('2025-12-25')
  })
})

describe('hours', () => {
  it('are read as people type them', () => {
    for (const text of ['09:00-12:00, 14:00-18:00', '9-12，14-18', '9:00–12:00 14:00—18:00', '9：00至12：00；14：00到18：00', ' 9:00 - 12:00 , 14:00 - 18:00 ']) expect(readWindows(text), text).toEqual(day)
    expect(readWindows('')).toEqual([])
    expect(readWindows('0-24')).toEqual([{ from: 0, to: 1440 }])
    for (const text of ['nine', '9', '9-', '9:70-10', '9-12-15']) expect(readWindows(text), text).toBeUndefined()
    expect(windowsText(day)).toBe('09:00-12:00, 14:00-18:00')
  })
})

it('sends a file byte by byte', async () => {
  expect(await encoded(new File([new Uint8Array([0, 255, 65])], 'x.csv'))).toBe('AP9B')
})
