import type { Map as MapLibreMap } from 'maplibre-gl'

/** A machine that needs longer than this for a picture of the moving map, in ms, draws it with fewer pixels. */
const slow = 40
/** So much fewer in each direction. */
const coarse = 0.5
/** How many pictures tell how fast a machine is. */
const trial = 4
/** How long that holds: what was slow at the start may be fast later. */
const holds = 600_000
/** After so many ms without movement the map is drawn with all its pixels again. */
const rest = 200

/** Keeps the map under the hand on a machine that draws slowly: while it moves it has fewer pixels. */
export class CoarseMotion {
  private spent = 0
  private pictures = 0
  private last = 0
  private slowUntil = 0
  private reduced = false
  private pressed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly stopped = new AbortController()

  constructor(private readonly map: MapLibreMap) {
    const { signal } = this.stopped
    const press = (on: boolean) => () => {
      this.pressed = on
      this.plan()
    }
    map.getCanvasContainer().addEventListener('pointerdown', press(true), { signal })
    addEventListener('pointerup', press(false), { signal })
    addEventListener('pointercancel', press(false), { signal })
    map.on('movestart', () => {
      this.pictures = this.spent = this.last = 0
      clearTimeout(this.timer)
    })
    // In this event the picture of the movement is still to be drawn, so that nobody sees the canvas between two sizes.
    map.on('move', () => this.moved(performance.now()))
    map.on('moveend', () => this.plan())
  }

  stop(): void {
    this.stopped.abort()
    clearTimeout(this.timer)
  }

  /** A map that gets other pixels forgets the hand that holds it, so that they come when nobody does. */
  private plan(): void {
    clearTimeout(this.timer)
    if (this.reduced && !this.pressed && !this.map.isMoving()) this.timer = setTimeout(() => this.reduce(false), rest)
  }

  private moved(now: number): void {
    if (this.reduced || !this.map.isMoving()) return
    if (now < this.slowUntil) return this.reduce(true)
    if (this.last) this.spent += now - this.last
    this.last = now
    if (this.pictures++ < trial) return
    if (this.spent / trial > slow) this.slowUntil = now + holds
    this.pictures = this.spent = this.last = 0
  }

  private reduce(on: boolean): void {
    this.reduced = on
    this.map.setPixelRatio(on ? devicePixelRatio * coarse : devicePixelRatio)
  }
}
