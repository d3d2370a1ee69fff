import { expect, it } from 'vitest'
import { dayName, dayStart, daysFrom, endOf, momentOf, onDay, weekStart } from './week'

const at = (text: string) => new Date(text).getTime()

it('begins a week on Monday, on a Sunday too', () => {
  expect(dayName(weekStart(at('2026-03-08T23:30')))).toBe('2026-03-02')
  expect(dayName(weekStart(at('2026-03-02T00:00')))).toBe('2026-03-02')
})

it('counts days by the calendar, over the end of a month', () => {
  expect(daysFrom(at('2026-02-26T10:00'), 4).map(dayName)).toEqual(['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'])
})

it('ends a night on the next morning', () => {
  expect(endOf('2026-03-02', '22:00', '06:00')).toBe(at('2026-03-03T06:00'))
  expect(endOf('2026-03-02', '08:00', '16:00')).toBe(at('2026-03-02T16:00'))
  expect(endOf('2026-03-02', '08:00', '08:00')).toBe(at('2026-03-03T08:00'))
  expect(momentOf('', '08:00')).toBeUndefined()
})

it('puts a shift on the day on which it begins', () => {
  const shifts = [{ from: at('2026-03-02T22:00') }, { from: at('2026-03-02T08:00') }, { from: at('2026-03-03T00:00') }]
  expect(onDay(shifts, dayStart(shifts[0]!.from)).map(({ from }) => new Date(from).getHours())).toEqual([8, 22])
})
