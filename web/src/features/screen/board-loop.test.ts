import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/error'
import { BoardLoop, longest, patience, shortest, withoutNews } from './board-loop'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function loopOf(answer: (n: number, signal: AbortSignal) => Promise<number>) {
  let n = 0
  const seen = { read: 0, took: [] as number[], failed: [] as unknown[], fed: true }
  const loop = new BoardLoop<number>({
    read: (signal) => {
      seen.read++
      return answer(n++, signal)
    },
    took: (value) => seen.took.push(value),
    failed: (error) => seen.failed.push(error),
    fed: () => seen.fed,
    now: Date.now,
  })
  return { loop, seen }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('reads once a second however many news come, and never misses the last of them', async () => {
  const { loop, seen } = loopOf((n) => Promise.resolve(n))
  loop.start()
  await pass(0)
  for (let ms = 0; ms < 10_000; ms += 20) {
    loop.ask()
    await pass(20)
  }
  expect(seen.read).toBe(11)
  await pass(shortest)
  expect(seen.read).toBe(11)
  loop.ask()
  await pass(0)
  expect(seen.read).toBe(12)
})

it('asks once more for news that came while it was reading', async () => {
  let free = () => {}
  const { loop, seen } = loopOf((n) => new Promise((done) => (free = () => done(n))))
  loop.start()
  loop.ask()
  await pass(3000)
  expect(seen.read).toBe(1)
  free()
  await pass(0)
  expect(seen.read).toBe(2)
})

it('looks now and then without news, and more often without a stream of them', async () => {
  const { loop, seen } = loopOf((n) => Promise.resolve(n))
  loop.start()
  await pass(longest + 1)
  expect(seen.read).toBe(2)
  seen.fed = false
  await pass(longest + 1)
  const before = seen.read
  await pass(withoutNews * 4 + 1)
  expect(seen.read).toBe(before + 4)
})

it('tries ever more rarely while the server is away, comes back by itself and at once when the network does', async () => {
  let away = true
  const { loop, seen } = loopOf((n) => (away ? Promise.reject(new ApiError(0, 'network')) : Promise.resolve(n)))
  loop.start()
  await pass(3_600_000)
  expect(seen.failed.length).toBeGreaterThan(100)
  expect(seen.failed.length).toBeLessThan(300)
  loop.ask()
  away = false
  await pass(30_000)
  expect(seen.took).toHaveLength(1)
  away = true
  loop.start()
  await pass(60_000)
  away = false
  loop.hurry()
  await pass(0)
  expect(seen.took.length).toBe(2)
})

it('gives up an answer that does not come, and tells it as a dead line', async () => {
  const { loop, seen } = loopOf((_, signal) => new Promise((_done, fail) => signal.addEventListener('abort', () => fail(new DOMException('', 'AbortError')))))
  loop.start()
  await pass(patience)
  expect(seen.failed).toMatchObject([{ status: 0 }])
})

it('drops the answer for what is no longer asked', async () => {
  const answers: (() => void)[] = []
  const { loop, seen } = loopOf((n) => new Promise((done) => answers.push(() => done(n))))
  loop.start()
  loop.start()
  answers[0]?.()
  answers[1]?.()
  await pass(0)
  expect(seen.took).toEqual([1])
})

it('waits for somebody to sign in, and leaves nothing behind when it stops', async () => {
  let known = false
  const { loop, seen } = loopOf((n) => (known ? Promise.resolve(n) : Promise.reject(new ApiError(401, 'session.required'))))
  loop.start()
  await pass(600_000)
  expect(seen.read).toBe(1)
  known = true
  loop.start()
  await pass(1)
  expect(seen.took).toHaveLength(1)
  loop.stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('keeps one timer and one request through a day of news and failures', async () => {
  const { loop, seen } = loopOf((n) => (n % 7 === 0 ? Promise.reject(new ApiError(503, 'x')) : Promise.resolve(n)))
  seen.took.push = () => 0
  seen.failed.push = () => 0
  loop.start()
  for (let minute = 0; minute < 24 * 60; minute++) {
    loop.ask()
    loop.ask()
    await pass(60_000)
    expect(vi.getTimerCount()).toBeLessThanOrEqual(2)
  }
  expect(seen.read).toBeGreaterThan(24 * 60 * 2)
  loop.stop()
  expect(vi.getTimerCount()).toBe(0)
})
