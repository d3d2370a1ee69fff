import { ApiError } from '@/api/error'
import { waitBefore } from '@/api/live'
import type { PointStore } from './point-store'

/** What the server tells of points, in columns. */
export interface Points {
  position: number
  reset: boolean
  ground: number
  states: string[]
  ids: string[]
  lon: number[]
  lat: number[]
  state: number[]
  marks: number[]
  at: number[]
  gone: string[]
}

export interface PointQuery {
  day?: string
  area?: string
  after?: number
}

/** However many changes are told, the server is asked no more often than this. */
const between = 500
/** A call now and then heals whatever the stream did not tell. */
const every = 60_000

interface Host {
  read: (query: PointQuery, signal: AbortSignal) => Promise<Points>
  /** The number of each state of an answer among the marks that the map can draw; below 0 for one that it cannot. */
  marks: (states: string[]) => number[]
  /** The first moment of the day that is shown: what was received before is of an earlier day. */
  begin: () => number
  /** Points came or changed. */
  took: (answer: Points) => void
  failed?: (error: unknown) => void
}

/**
 * Keeps a store of points in step with the server. One kind of call does it all: the first gives the whole, each later
 * one what changed since; after a gap, a restart or an end of the session the same call goes on from where it stood,
 * and the server gives the whole again when that is too far back.
 */
export class PointFeed {
  private query: PointQuery = {}
  private after = 0
  private asked = false
  private running: AbortController | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private last = 0
  private failures = 0
  private stopped = true

  constructor(
    private readonly store: PointStore,
    private readonly host: Host,
  ) {}

  /** Shows another day or area: everything is read anew. */
  show(query: PointQuery): void {
    this.query = query
    this.stopped = false
    this.again()
  }

  /** Reads everything anew, because what may be seen has changed. */
  again(): void {
    this.after = 0
    this.failures = 0
    this.running?.abort()
    this.running = undefined
    this.plan(0)
  }

  /** Something changed, or the way to the server is free again. */
  ask(): void {
    if (this.stopped) return
    this.asked = true
    this.failures = 0
    if (!this.running) this.plan(Math.max(0, this.last + between - Date.now()))
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    this.running?.abort()
    this.running = undefined
  }

  private plan(wait: number): void {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => void this.run(), wait)
  }

  private async run(): Promise<void> {
    const control = (this.running = new AbortController())
    this.asked = false
    this.last = Date.now()
    let wait = every
    try {
      const answer = await this.host.read({ ...this.query, after: this.after || undefined }, control.signal)
      if (control.signal.aborted) return
      this.take(answer)
      this.failures = 0
      if (this.asked) wait = between
    } catch (error) {
      if (control.signal.aborted) return
      this.host.failed?.(error)
      // Without a session nothing helps but to sign in, after which somebody asks.
      wait = error instanceof ApiError && error.status === 401 ? every : waitBefore(this.failures++)
    }
    this.running = undefined
    this.plan(wait)
  }

  private take(answer: Points): void {
    this.after = answer.position
    const marks = this.host.marks(answer.states)
    const begin = this.host.begin()
    if (answer.reset) this.store.keepOnly(new Set(answer.ids))
    answer.ids.forEach((id, n) => {
      const mark = marks[answer.state[n] ?? -1] ?? -1
      if (mark < 0) return this.store.remove(id)
      const at = answer.at[n] ?? 0
      this.store.put({ id, lon: answer.lon[n] ?? 0, lat: answer.lat[n] ?? 0, mark, flags: answer.marks[n] ?? 0, at, quiet: at < begin })
    })
    for (const id of answer.gone) this.store.remove(id)
    this.host.took(answer)
  }
}
