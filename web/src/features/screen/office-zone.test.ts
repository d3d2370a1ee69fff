import { afterEach, describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { clockTime, exactTime, relativeTime } from '@/ui/time'
import { showTimesBy } from '@/ui/zone'
import { dayBegin, dayText, endOf } from './map/replay-time'
import { aheadIn, showOfficeTimes } from './office-zone'

const hour = 3_600_000
const noon = Date.parse('2026-11-22T12:00:20Z')

afterEach(() => showTimesBy((at) => -60_000 * new Date(at).getTimezoneOffset()))

describe('aheadIn', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-22T12:00:00Z', 8],
    ['Asia/Urumqi', '2026-11-22T12:00:00Z', 6],
    ['America/New_York', '2026-07-01T12:00:00Z', -4],
    ['America/New_York', '2026-12-01T12:00:00Z', -5],
    ['Asia/Kolkata', '2026-11-22T23:59:59Z', 5.5],
    ['UTC', '2026-01-01T00:00:00Z', 0],
  ])('knows %s at %s', (zone, at, hours) => expect(aheadIn(zone)?.(Date.parse(at))).toBe(hours * hour))
  it('follows a change of the clocks', () => {
    const ahead = aheadIn('Europe/Berlin')
    expect(ahead?.(Date.parse('2026-10-25T00:59:59Z'))).toBe(2 * hour)
    expect(ahead?.(Date.parse('2026-10-25T01:00:00Z'))).toBe(hour)
  })
  it('leaves a zone that it does not know', () => expect(aheadIn('Local')).toBeUndefined())
})

describe('a wall far away from its office', () => {
  withMessages()
  it.each([
    ['Asia/Shanghai', '20:00', '2026-11-22 20:00:20', '2026-11-22', '2026-11-21T16:00:00Z'],
    ['America/New_York', '07:00', '2026-11-22 07:00:20', '2026-11-22', '2026-11-22T05:00:00Z'],
    ['Pacific/Auckland', '01:00', '2026-11-23 01:00:20', '2026-11-23', '2026-11-22T11:00:00Z'],
  ])('shows the time of %s', (zone, time, exact, day, begin) => {
    showOfficeTimes(zone)
    expect(clockTime(noon)).toBe(time)
    expect(exactTime(noon)).toBe(exact)
    expect(dayText(noon)).toBe(day)
    expect(dayBegin(day)).toBe(Date.parse(begin))
    expect(relativeTime(dayBegin(day) - hour, noon)).toContain('23:00')
  })
  it('replays the day of the office, also one of 25 hours', () => {
    showOfficeTimes('Europe/Berlin')
    const begin = dayBegin('2026-10-25')
    expect(endOf(begin, begin + 100 * hour) - begin).toBe(25 * hour)
  })
})
