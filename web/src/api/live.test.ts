import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveFeed, waitBefore, type LiveEvent } from './live'

class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  static made: FakeSource[] = []
  readyState = 0
  onopen?: () => void
  onerror?: () => void
  constructor(readonly url: string) {
    super()
    FakeSource.made.push(this)
  }
  close() {
    this.readyState = 2
  }
  open() {
    this.readyState = 1
    this.onopen?.()
  }
  fail(state: number) {
    this.readyState = state
    this.onerror?.()
  }
  send(kind: string, data: object, lastEventId = '') {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data), lastEventId }))
  }
}

class FakeChannel {
  static all: FakeChannel[] = []
  onmessage?: (message: { data: unknown }) => void
  constructor() {
    FakeChannel.all.push(this)
  }
  postMessage(data: unknown) {
    for (const other of FakeChannel.all) if (other !== this) other.onmessage?.({ data })
  }
  close() {
    FakeChannel.all = FakeChannel.all.filter((other) => other !== this)
  }
}

/** One holder at a time, the next in the order of asking. */
function fakeLocks() {
  let tail = Promise.resolve()
  return {
    request: (_name: string, options: { signal: AbortSignal }, run: () => Promise<void>) => {
      const turn = tail.then(() => (options.signal.aborted ? undefined : run()))
      tail = turn
      return turn
    },
  }
}

const settled = async () => {
  for (let i = 0; i < 8; i++) await Promise.resolve()
}
const last = () => FakeSource.made.at(-1) as FakeSource

beforeEach(() => {
  FakeSource.made = []
  FakeChannel.all = []
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('BroadcastChannel', FakeChannel)
  vi.stubGlobal('navigator', { locks: fakeLocks() })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function tab() {
  const feed = new LiveFeed()
  const seen: LiveEvent[] = []
  const stop = feed.listen((event) => seen.push(event))
  await settled()
  return { feed, seen, stop }
}

describe('LiveFeed', () => {
  it('shares one connection among tabs, and each hears each change', async () => {
    const first = await tab()
    const second = await tab()
    expect(FakeSource.made).toHaveLength(1)
    last().open()
    last().send('incident.changed', { incident: 'i1', version: 3 })
    for (const { seen, feed } of [first, second]) {
      expect(seen).toEqual([{ kind: 'incident.changed', incident: 'i1', version: 3 }])
      expect(feed.status.value).toBe('open')
    }
  })

  it('is taken over by another tab, which reads again what may have been missed', async () => {
    const first = await tab()
    const second = await tab()
    last().open()
    first.stop()
    await settled()
    expect(FakeSource.made).toHaveLength(2)
    last().open()
    expect(second.seen).toEqual([{ kind: 'reset' }])
  })

  it('goes on where the old leader stopped, when a tab takes over', async () => {
    const first = await tab()
    const second = await tab()
    last().open()
    last().send('incident.changed', { incident: 'i1' }, '41')
    first.stop()
    await settled()
    expect(last().url).toBe('/api/v1/live?last=41')
    last().open()
    expect(second.seen).toHaveLength(1)
  })

  it('waits long when the server gave its place to a newer stream', async () => {
    await tab()
    last().open()
    last().send('replaced', {})
    await vi.advanceTimersByTimeAsync(29_000)
    expect(FakeSource.made).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(FakeSource.made).toHaveLength(2)
  })

  it('lets the browser reconnect by itself, and misses nothing then', async () => {
    const { feed, seen } = await tab()
    last().open()
    last().fail(0)
    expect(feed.status.value).toBe('lost')
    last().open()
    expect(feed.status.value).toBe('open')
    expect(FakeSource.made).toHaveLength(1)
    expect(seen).toEqual([])
  })

  it('connects anew after a refusal, and says that something may have been missed', async () => {
    const { seen } = await tab()
    last().open()
    last().fail(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(FakeSource.made).toHaveLength(2)
    last().open()
    expect(seen).toEqual([{ kind: 'reset' }])
  })

  it('works without locks, one connection a tab', async () => {
    vi.stubGlobal('navigator', {})
    await tab()
    await tab()
    expect(FakeSource.made).toHaveLength(2)
  })

  it('closes with the last listener', async () => {
    const { stop } = await tab()
    stop()
    expect(last().readyState).toBe(2)
  })
})

describe('waiting', () => {
  it('grows with each failure up to a limit, and is spread', () => {
    expect(waitBefore(0, 0)).toBe(500)
    expect(waitBefore(3, 1)).toBe(8000)
    expect(waitBefore(20, 1)).toBe(30_000)
  })
})
