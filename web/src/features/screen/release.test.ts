import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Release } from './release'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const look = 10 * 60_000

function wall() {
  const state = { mark: 'one' as string | null, free: true, reloads: 0, kept: null as string | null }
  const release = new Release({
    read: () => (state.mark === null ? Promise.reject(new Error('away')) : Promise.resolve(state.mark)),
    reload: () => state.reloads++,
    free: () => state.free,
    now: Date.now,
    kept: { get: () => state.kept, set: (mark) => (state.kept = mark) },
  })
  release.start()
  return { release, state }
}

it('loads a newer page at a quiet moment, and not while somebody is at it', async () => {
  const { release, state } = wall()
  await pass(look)
  expect(state.reloads).toBe(0)
  state.mark = 'two'
  release.touch()
  state.free = false
  await pass(look)
  expect(state.reloads).toBe(0)
  state.free = true
  await pass(look)
  expect(state.reloads).toBe(1)
  release.stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('does not load anew for a server that is away, nor twice for the same page', async () => {
  const { state } = wall()
  state.mark = null
  await pass(look * 3)
  state.mark = 'one'
  await pass(look)
  expect(state.reloads).toBe(0)
  state.kept = 'two'
  state.mark = 'two'
  await pass(look * 5)
  expect(state.reloads).toBe(0)
})
