import { waitBefore } from '@/api/live'
import { ApiError, offline } from '@/api/error'

/** News may come by the hundred in a second; the wall reads at most so often. */
export const shortest = 1000
/** Without news it still looks now and then: what is late gets later without anybody's doing. */
export const longest = 30_000
/** While the stream of news is away it asks by itself. */
export const withoutNews = 5000
/** An answer that takes longer will not come: the line is dead, though nobody said so. */
export const patience = 15_000

export interface LoopParts<T> {
  read: (signal: AbortSignal) => Promise<T>
  took: (answer: T) => void
  failed: (error: unknown) => void
  /** False while there are no news to wait for. */
  fed: () => boolean
  now?: () => number
}

/**
 * Reads one thing again and again for as long as a wall hangs: at once when somebody wants it, soon after news, and
 * after failures ever more rarely. One timer and one request at a time, and nothing that grows.
 */
export class BoardLoop<T> {
  private timer: ReturnType<typeof setTimeout> | undefined
  private request: AbortController | undefined
  private last = -Infinity
  private failures = 0
  private wanted = false
  private running = false
  private readonly now: () => number

  constructor(private readonly parts: LoopParts<T>) {
    // Not the time of day: somebody may set the clock of the wall's computer.
    this.now = parts.now ?? (() => performance.now())
  }

  /** Begins, or begins anew: another area was chosen, somebody signed in, or does not want to wait. */
  start(): void {
    this.stop()
    this.running = true
    this.failures = 0
    void this.run()
  }

  stop(): void {
    this.running = false
    clearTimeout(this.timer)
    this.request?.abort()
    this.request = undefined
  }

  /** There are news. */
  ask(): void {
    if (!this.running || this.failures > 0) return
    this.wanted = true
    if (!this.request) this.wait(Math.max(0, shortest - (this.now() - this.last)))
  }

  /** The network is said to be back: what waits for it waits no longer. */
  hurry(): void {
    if (this.running && !this.request) this.wait(0)
  }

  private wait(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.run(), ms)
  }

  private async run(): Promise<void> {
    const request = (this.request = new AbortController())
    this.wanted = false
    this.last = this.now()
    let late = false
    const tired = setTimeout(() => {
      late = true
      request.abort()
    }, patience)
    try {
      const answer = await this.parts.read(request.signal)
      if (request !== this.request) return
      this.failures = 0
      this.parts.took(answer)
    } catch (error) {
      if (request !== this.request) return
      this.failures++
      this.parts.failed(late ? offline() : error)
      // Asking again helps nobody who has to sign in first.
      if (error instanceof ApiError && error.status === 401) return void (this.request = undefined)
    } finally {
      clearTimeout(tired)
    }
    this.request = undefined
    if (this.running) this.wait(this.pause())
  }

  private pause(): number {
    if (this.failures > 0) return waitBefore(this.failures - 1)
    if (this.wanted) return Math.max(0, shortest - (this.now() - this.last))
    return this.parts.fed() ? longest : withoutNews
  }
}
