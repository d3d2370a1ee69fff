import { api, call } from '@/api/client'
import { ApiError } from '@/api/error'
import type { AreaRef } from './types'

/** What became of the area that a wall shows. */
export type AreaNews = { kind: 'gone'; name: string; to?: AreaRef } | { kind: 'redrawn'; name: string }

/** How often to look: an area is redrawn some times in a year. */
const interval = 60_000

/**
 * Watches whether the area that is shown still is what it was. An area that ended has figures of the past only, and
 * would hang there for ever without a change.
 */
export class AreaWatch {
  private timer: ReturnType<typeof setInterval> | undefined
  private version: number | undefined
  private path: AreaRef[] = []

  constructor(
    private readonly tell: (news: AreaNews) => void,
    private readonly read = (id: string) => call(api.GET('/api/v1/areas/{id}', { params: { path: { id } } })),
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.look(), interval)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** The area shown now, with all above it; an empty path is the whole of what somebody may see. */
  show(path: AreaRef[]): void {
    const same = path.at(-1)?.id === this.path.at(-1)?.id
    this.path = path
    if (same) return
    this.version = undefined
    void this.look()
  }

  /** The area could not be found: where to go instead. */
  lost(): AreaNews | undefined {
    const [above, here] = [this.path.at(-2), this.path.at(-1)]
    return here && { kind: 'gone', name: here.name, to: above }
  }

  async look(): Promise<void> {
    const here = this.path.at(-1)
    if (!here) return
    try {
      const { version } = await this.read(here.id)
      if (here !== this.path.at(-1) && here.id !== this.path.at(-1)?.id) return
      if (this.version !== undefined && version !== this.version) this.tell({ kind: 'redrawn', name: here.name })
      this.version = version
    } catch (error) {
      // Whoever may not read areas, or gets no answer, learns of it from the figures.
      if (!(error instanceof ApiError) || error.status !== 404) return
      const news = here.id === this.path.at(-1)?.id ? this.lost() : undefined
      if (news) this.tell(news)
    }
  }
}
