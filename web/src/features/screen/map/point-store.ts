/** Bytes of one point in the buffer: x, y and birth as floats, then sprite, effect, shown and one to spare. */
export const stride = 16

/** What moves at a point, as bits of its effect. */
export const effect = { overdue: 1, quiet: 2 } as const

/** Flags of a point as the server numbers them. */
export const flag = { overdue: 1, emergency: 2, urgent: 4 } as const

/** A place on the square of the world that the map is drawn on: 0 to 1 from west to east and from north to south. */
export interface Mercator {
  x: number
  y: number
}

export function mercator(lon: number, lat: number): Mercator {
  return { x: (lon + 180) / 360, y: (1 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) / 2 }
}

export function degrees({ x, y }: Mercator): { lon: number; lat: number } {
  return { lon: x * 360 - 180, lat: (Math.atan(Math.exp((1 - 2 * y) * Math.PI)) * 360) / Math.PI - 90 }
}

/** A point as it is put into the store. `mark` is the number of its state, `at` when it was received, in unix ms. */
export interface Put {
  id: string
  lon: number
  lat: number
  mark: number
  flags: number
  at: number
  /** Of an earlier day. */
  quiet: boolean
}

/** First and last changed place of the buffer, in points. */
export type Range = [from: number, to: number]

/** Changed places this far apart are sent together: one call costs more than a few points. */
const together = 48

/**
 * The points of a map in one typed buffer, as the graphics card takes them. A place that was left is taken again, so
 * that the buffer grows only with what is shown at once. Positions are kept beside an origin, because a float would be
 * some metres off.
 */
export class PointStore {
  private floats = new Float32Array(0)
  private bytes = new Uint8Array(0)
  private readonly places = new Map<string, number>()
  private ids: (string | undefined)[] = []
  private free: number[] = []
  private touched: number[] = []
  private whole = false
  /** Places in use or left: so many points are drawn. */
  used = 0
  /** Goes up with every change. */
  version = 0

  /** `epoch` is the moment from which births count, unix ms; small numbers stay exact. */
  constructor(
    readonly origin: Mercator,
    readonly epoch: number,
  ) {}

  get size(): number {
    return this.places.size
  }

  get data(): Uint8Array {
    return this.bytes
  }

  /** The same buffer as numbers: x, y and birth of each point, and one that is none. */
  get numbers(): Float32Array {
    return this.floats
  }

  has(id: string): boolean {
    return this.places.has(id)
  }

  put(point: Put): void {
    let place = this.places.get(point.id)
    if (place === undefined) place = this.take(point.id)
    const at = place * 4
    const where = mercator(point.lon, point.lat)
    this.floats[at] = where.x - this.origin.x
    this.floats[at + 1] = where.y - this.origin.y
    this.floats[at + 2] = (point.at - this.epoch) / 1000
    const overdue = (point.flags & flag.overdue) !== 0
    const emergency = (point.flags & flag.emergency) !== 0
    const byte = place * stride + 12
    this.bytes[byte] = point.mark * 4 + (overdue ? 1 : 0) + (emergency ? 2 : 0)
    this.bytes[byte + 1] = (overdue ? effect.overdue : 0) | (point.quiet ? effect.quiet : 0)
    this.bytes[byte + 2] = 1
    this.touch(place)
  }

  remove(id: string): void {
    const place = this.places.get(id)
    if (place === undefined) return
    this.bytes[place * stride + 14] = 0
    this.places.delete(id)
    this.ids[place] = undefined
    this.free.push(place)
    this.touch(place)
  }

  clear(): void {
    this.places.clear()
    this.ids = []
    this.free = []
    this.touched = []
    this.used = 0
    this.whole = true
    this.version++
  }

  /** Removes what `keep` does not hold. */
  keepOnly(keep: ReadonlySet<string>): void {
    for (const id of [...this.places.keys()]) if (!keep.has(id)) this.remove(id)
  }

  /** Where a point is, beside the origin of the world. */
  position(id: string): Mercator | undefined {
    const place = this.places.get(id)
    if (place === undefined) return undefined
    return { x: this.origin.x + (this.floats[place * 4] ?? 0), y: this.origin.y + (this.floats[place * 4 + 1] ?? 0) }
  }

  /** The point closest to a place within a distance in parts of the world; an overdue one is preferred. */
  nearest(at: Mercator, within: number): string | undefined {
    const x = at.x - this.origin.x
    const y = at.y - this.origin.y
    let best = within * within
    let found: string | undefined
    for (let place = 0; place < this.used; place++) {
      const id = this.ids[place]
      if (id === undefined) continue
      const dx = (this.floats[place * 4] ?? 0) - x
      const dy = (this.floats[place * 4 + 1] ?? 0) - y
      const away = (dx * dx + dy * dy) * (this.effectAt(place) & effect.overdue ? 0.5 : 1)
      if (away <= best) {
        best = away
        found = id
      }
    }
    return found
  }

  /** How many points lie in a part of the world. */
  within(west: number, north: number, east: number, south: number): number {
    let n = 0
    for (let place = 0; place < this.used; place++) {
      if (this.ids[place] === undefined) continue
      const x = this.origin.x + (this.floats[place * 4] ?? 0)
      const y = this.origin.y + (this.floats[place * 4 + 1] ?? 0)
      if (x >= west && x <= east && y >= north && y <= south) n++
    }
    return n
  }

  /** What changed since it was asked last: everything (then the buffer may be another one), or some ranges. */
  changes(): 'all' | Range[] {
    const { touched, whole } = this
    this.touched = []
    this.whole = false
    if (whole || touched.length > Math.max(256, this.used / 4)) return 'all'
    touched.sort((a, b) => a - b)
    const ranges: Range[] = []
    for (const place of touched) {
      const last = ranges.at(-1)
      if (last && place - last[1] <= together) last[1] = place
      else ranges.push([place, place])
    }
    return ranges
  }

  private effectAt(place: number): number {
    return this.bytes[place * stride + 13] ?? 0
  }

  private take(id: string): number {
    const place = this.free.pop() ?? this.used++
    if ((place + 1) * stride > this.bytes.length) this.grow()
    this.places.set(id, place)
    this.ids[place] = id
    return place
  }

  private grow(): void {
    const bytes = new Uint8Array(Math.max(1024 * stride, this.bytes.length * 2))
    bytes.set(this.bytes)
    this.bytes = bytes
    this.floats = new Float32Array(bytes.buffer)
    this.whole = true
  }

  private touch(place: number): void {
    this.version++
    if (!this.whole) this.touched.push(place)
  }
}
