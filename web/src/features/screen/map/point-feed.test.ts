import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/error'
import { PointFeed, type PointQuery, type Points } from './point-feed'
import { mercator, PointStore } from './point-store'

const epoch = 1_800_000_000_000
const answer = (change: Partial<Points>): Points => ({
  position: 1, reset: false, ground: 1, states: ['reported', 'unheard-of'], ids: [], lon: [], lat: [], state: [], marks: [], at: [], gone: [], ...change,
})
const holding = (position: number, ids: string[], change: Partial<Points> = {}) =>
  answer({ position, ids, lon: ids.map(() => 104), lat: ids.map(() => 30), state: ids.map(() => 0), marks: ids.map(() => 0), at: ids.map(() => epoch), ...change })

function world() {
  const store = new PointStore(mercator(104, 30), epoch)
  const asked: PointQuery[] = []
  const answers: (Points | Error)[] = []
  const took = vi.fn()
  const feed = new PointFeed(store, {
    read: async (query) => {
      asked.push(query)
      const next = answers.shift() ?? answer({ position: asked.length })
      if (next instanceof Error) throw next
      return next
    },
    marks: (states) => states.map((state) => (state === 'reported' ? 0 : -1)),
    begin: () => epoch,
    took,
  })
  return { store, asked, answers, feed, took }
}

describe('the feed of points', () => {
  beforeEach(() => void vi.useFakeTimers({ now: epoch }))
  afterEach(() => void vi.useRealTimers())

  it('reads the whole, then what changed', async () => {
    const { store, asked, answers, feed } = world()
    answers.push(holding(5, ['a', 'b'], { reset: true }), holding(7, ['c'], { gone: ['a'] }))
    feed.show({ area: 'x' })
    await vi.advanceTimersByTimeAsync(0)
    expect(store.size).toBe(2)
    feed.ask()
    await vi.advanceTimersByTimeAsync(500)
    expect(asked).toEqual([{ area: 'x', after: undefined }, { area: 'x', after: 5 }])
    expect([store.has('a'), store.has('b'), store.has('c')]).toEqual([false, true, true])
    feed.stop()
  })

  it('asks at most twice a second however much is told, and misses nothing', async () => {
    const { asked, feed } = world()
    feed.show({})
    for (let n = 0; n < 1000; n++) {
      feed.ask()
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(asked.length).toBeGreaterThan(15)
    expect(asked.length).toBeLessThanOrEqual(22)
    const before = asked.length
    await vi.advanceTimersByTimeAsync(600)
    expect(asked.length).toBeLessThanOrEqual(before + 1)
    feed.stop()
  })

  it('goes on from where it stood after an hour without network, and takes the whole when that is too far back', async () => {
    const { store, asked, answers, feed } = world()
    answers.push(holding(5, ['a', 'b'], { reset: true }))
    feed.show({})
    await vi.advanceTimersByTimeAsync(0)
    for (let n = 0; n < 300; n++) answers.push(new ApiError(0, 'offline'))
    feed.ask()
    await vi.advanceTimersByTimeAsync(3_600_000)
    const tried = asked.length
    expect(tried).toBeLessThan(300)
    expect(store.size, 'what was there stays').toBe(2)
    answers.length = 0
    answers.push(holding(9000, ['b', 'c'], { reset: true }))
    feed.ask()
    await vi.advanceTimersByTimeAsync(500)
    expect(asked.at(-1)).toEqual({ after: 5 })
    expect([store.size, store.has('a'), store.has('c')]).toEqual([2, false, true])
    feed.stop()
  })

  it('rests while nobody is signed in, and goes on when somebody is', async () => {
    const { asked, answers, feed } = world()
    answers.push(holding(5, ['a'], { reset: true }), new ApiError(401, 'session.required'), holding(6, ['b']))
    feed.show({})
    await vi.advanceTimersByTimeAsync(0)
    feed.ask()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(asked).toHaveLength(2)
    feed.ask()
    await vi.advanceTimersByTimeAsync(500)
    expect(asked).toHaveLength(3)
    feed.stop()
  })

  it('begins anew for another area, and drops what was on its way for the one before', async () => {
    const { store, asked, answers, feed } = world()
    answers.push(holding(5, ['a'], { reset: true }), holding(6, ['b'], { reset: true }))
    feed.show({ area: 'x' })
    vi.advanceTimersByTime(0)
    feed.show({ area: 'y' })
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.at(-1)).toEqual({ area: 'y', after: undefined })
    expect([store.has('a'), store.has('b')]).toEqual([false, true])
    feed.stop()
  })

  it('does not show what it has no mark for', async () => {
    const { store, answers, feed } = world()
    answers.push(holding(5, ['a', 'b'], { reset: true, state: [0, 1] }))
    feed.show({})
    await vi.advanceTimersByTimeAsync(0)
    expect([store.has('a'), store.has('b')]).toEqual([true, false])
    feed.stop()
  })
})
