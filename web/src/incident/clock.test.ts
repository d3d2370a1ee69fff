import { beforeAll, describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { clockText, isOverdue, limitText, nearestClock, pausesOf, standingOf, usedShare } from './clock'
import { aClock, anEntry, anIncident } from './testing'

beforeAll(withMessages)
const minute = 60_000
const start = 1_700_000_000_000

describe('how a clock stands', () => {
  const clock = aClock({ started: start, warn_at: start + 4 * minute, due: start + 5 * minute })

  it('turns yellow at its warning and red at its due time, to the millisecond', () => {
    expect([0, 4 * minute - 1, 4 * minute, 5 * minute - 1, 5 * minute].map((after) => standingOf(clock, start + after))).toEqual([
      'green', 'green', 'yellow', 'yellow', 'red',
    ])
  })

  it('is met or late once it has stopped, whatever the time', () => {
    const stopped = start + 9 * minute
    expect(standingOf({ ...clock, stopped }, start + 60 * minute)).toBe('met')
    expect(standingOf({ ...clock, stopped, overdue: start + 5 * minute }, start)).toBe('late')
  })

  it('is neither early nor late while it stands still', () => {
    const paused = aClock({ paused: start + minute, due: undefined, warn_at: undefined })
    expect(standingOf(paused, start + 90 * minute)).toBe('paused')
    expect(clockText(paused, start)).toBe('已停止计时')
  })
})

describe('what a clock says', () => {
  const said = (left: number) => clockText(aClock({ due: start + left, warn_at: start }), start)

  it('counts down by seconds in the last hour, then by hours, then by days', () => {
    expect(said(42_000)).toBe('还剩 00:42')
    expect(said(59 * minute + 5000)).toBe('还剩 59:05')
    expect(said(125 * minute)).toBe('还剩 2 小时 5 分')
    expect(said(3 * 24 * 60 * minute + 5000)).toBe('3 天后到期')
  })

  it('says by how much it is over, in its largest part', () => {
    expect(said(-20_000)).toBe('超时 20 秒')
    expect(said(-3 * minute - 20_000)).toBe('超时 3 分')
    expect(said(-150 * minute)).toBe('超时 2 小时')
    expect(said(0)).toBe('超时 0 秒')
  })

  it('names a limit as people do', () => {
    expect(limitText({ unit: 'hours', amount: 5 })).toBe('5 分钟')
    expect(limitText({ unit: 'hours', amount: 90 })).toBe('90 分钟')
    expect(limitText({ unit: 'working_hours', amount: 240 })).toBe('4 个工作小时')
    expect(limitText({ unit: 'working_days', amount: 3 })).toBe('3 个工作日')
  })
})

describe('the nearest clock', () => {
  it('is the running one that is due first', () => {
    const clocks = [
      aClock({ stage: 'total', due: start + 100 * minute }),
      aClock({ stage: 'arrive', due: start + 5 * minute }),
      aClock({ stage: 'dispatch', due: start, stopped: start }),
      aClock({ stage: 'progress', due: undefined, paused: start }),
    ]
    expect(nearestClock(anIncident({ clocks }))?.stage).toBe('arrive')
  })

  it('is one that stands still when none runs, and none when all have stopped', () => {
    const still = aClock({ stage: 'handle', due: undefined, paused: start })
    expect(nearestClock(anIncident({ clocks: [still] }))?.stage).toBe('handle')
    expect(nearestClock(anIncident({ clocks: [aClock({ stopped: start })] }))).toBeUndefined()
  })

  it('makes an incident overdue from its due time', () => {
    expect(isOverdue(anIncident({ due_at: start }), start)).toBe(true)
    expect(isOverdue(anIncident({ due_at: start + 1 }), start)).toBe(false)
    expect(isOverdue(anIncident(), start)).toBe(false)
  })
})

describe('the share of its time that a clock has used', () => {
  it('runs from nothing to all, and stays where it stopped', () => {
    const clock = aClock({ started: start, due: start + 10 * minute })
    expect(usedShare(clock, start + 4 * minute)).toBeCloseTo(0.4)
    expect(usedShare(clock, start + 40 * minute)).toBe(1)
    expect(usedShare({ ...clock, stopped: start + 5 * minute }, start + 40 * minute)).toBeCloseTo(0.5)
  })
})

describe('the pauses of the clocks', () => {
  const entry = (action: string, at: number, part = {}) => anEntry({ do: action, at, from: 'in_progress', to: 'in_progress', ...part })

  it('are those of the timeline, the last open while it lasts', () => {
    const entries = [entry('approve_suspension', 1), entry('note', 2), entry('resume', 3), entry('defer', 5)]
    expect(pausesOf(entries, anIncident({ pause: { deferred: 5 } }))).toEqual([{ from: 1, to: 3 }, { from: 5 }])
  })

  it('end where the order was taken away', () => {
    expect(pausesOf([entry('approve_suspension', 1), entry('withdraw_order', 4, { to: 'accepted' })], anIncident())).toEqual([{ from: 1, to: 4 }])
  })
})
