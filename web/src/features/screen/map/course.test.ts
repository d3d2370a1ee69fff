import { describe, expect, it } from 'vitest'
import { CoursePlayer, inSpans, standing, type Course } from './course'
import { effect, mercator, PointStore, stride } from './point-store'
import { dayBegin, dayText, endOf, tick } from './replay-time'

const from = Date.UTC(2026, 10, 22)
const course: Course = {
  from, to: from + 86_400_000, states: ['reported', 'dispatched', 'closed'], ids: ['old', 'new', 'gone'],
  lon: [104, 104.1, 104.2], lat: [30, 30, 30], emergency: [1], steps: [[0, 1, 7200, 2], [3600, 0, 3660, 1], [60, 0, 120, -1]], late: [[0, 7200], [], []],
}

describe('the course of a day', () => {
  it('finds how something stood at a second', () => {
    const steps = course.steps[1] ?? []
    expect([0, 3599, 3600, 3659, 3660, 80_000].map((second) => standing(steps, second))).toEqual([-1, -1, 0, 0, 1, 1])
    expect(standing([], 5)).toBe(-1)
    expect([0, 7199, 7200].map((second) => inSpans([0, 7200], second))).toEqual([true, true, false])
  })

  it('shows each moment, forth and back, and touches only what differs', () => {
    const store = new PointStore(mercator(104, 30), from)
    const player = new CoursePlayer(store, course, (states) => states.map((_, n) => n))
    expect(player.show(from)).toEqual({ at: from, open: 1, closed: 0, overdue: 1 })
    expect(player.show(from + 60_000)).toMatchObject({ open: 2 })
    expect(player.show(from + 3_700_000)).toMatchObject({ open: 2, closed: 0, overdue: 1 })
    expect([store.has('old'), store.has('new'), store.has('gone')]).toEqual([true, true, false])
    const { version } = store
    player.show(from + 3_701_000)
    expect(store.version).toBe(version)
    expect(player.show(from + 90_000_000)).toMatchObject({ open: 1, closed: 1, overdue: 0 })
    expect(player.show(from)).toMatchObject({ open: 1, overdue: 1 })
    expect(store.size).toBe(1)
    expect(store.data[13], 'open from the day before, and late').toBe(effect.overdue | effect.quiet)
    expect(store.data.length % stride).toBe(0)
  })
})

describe('the time of a replay', () => {
  const day = '2026-11-22'
  it('ends with the day, and today with the last minute', () => {
    const begin = dayBegin(day)
    expect(dayText(begin)).toBe(day)
    expect(endOf(begin, begin + 5 * 86_400_000)).toBe(dayBegin('2026-11-23'))
    expect(endOf(begin, begin + 90_500)).toBe(begin + 60_000)
  })
  it('goes at its speed, not beyond the end, and does not leap after a sleep', () => {
    expect(tick(0, 1e9, 100, 10)).toBe(60_000)
    expect(tick(0, 1e9, 3_600_000, 10)).toBe(600_000)
    expect(tick(0, 30_000, 100, 10)).toBe(30_000)
  })
})
