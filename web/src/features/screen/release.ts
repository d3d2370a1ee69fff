/** How often to look whether the program was replaced by a newer one. */
const interval = 10 * 60_000
/** Nobody has touched anything for so long. */
const quiet = 60_000

export interface ReleaseParts {
  /** The mark of the page that the server gives out now; it changes with every part of the page. */
  read: () => Promise<string | null>
  reload: () => void
  /** False while something is going on that a reload would break off. */
  free: () => boolean
  now?: () => number
  /** Keeps for which mark was reloaded, so that a mark that never settles cannot reload for ever. */
  kept: { get: () => string | null; set: (mark: string) => void }
}

/** Notices that the server was upgraded and loads the page anew at a quiet moment: nobody goes up to a wall to do it. */
export class Release {
  private mark: string | null = null
  private newer = false
  private touched: number
  private timer: ReturnType<typeof setInterval> | undefined
  private readonly now: () => number

  constructor(private readonly parts: ReleaseParts) {
    this.now = parts.now ?? (() => performance.now())
    this.touched = this.now() - quiet
  }

  start(): void {
    void this.look()
    this.timer = setInterval(() => void this.look(), interval)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** Somebody did something. */
  touch(): void {
    this.touched = this.now()
  }

  /** Looks now: the server has just come back. */
  async look(): Promise<void> {
    const found = await this.parts.read().catch(() => null)
    if (!found) return
    if (this.mark === null) this.mark = found
    this.newer ||= found !== this.mark && found !== this.parts.kept.get()
    if (this.newer) this.settle(found)
  }

  private settle(found: string): void {
    if (!this.parts.free() || this.now() - this.touched < quiet) return
    this.parts.kept.set(found)
    this.parts.reload()
  }
}
