import { stride, type PointStore } from './point-store'

/** A part of the world, beside the origin of a store. */
export interface Sight {
  west: number
  north: number
  east: number
  south: number
}

/** How many points pulse at most: more than that nobody takes in, and each of them costs in every picture. */
export const mostPulses = 80

/** So many cells at most; a machine never has more of them on its screen. */
const mostCells = 1 << 20

/** What stands out, the higher the more. */
const loud = { fresh: 4, overdue: 2, emergency: 1 } as const
/** The same by the two lowest bits of a point's sprite. */
const ofSprite = [0, loud.overdue, loud.emergency, loud.overdue | loud.emergency] as const
/** More than any number of seconds between two points. */
const ages = 1e9

/**
 * Picks from a store what a map has to draw: of many points that lie on one spot the one that matters most, and of all
 * that are new or overdue the few that pulse. Cells stand still on the ground, so that a map that is moved keeps its
 * points.
 */
export class Picker {
  private cells = new Int32Array(0)
  /** Places in the store to draw, in this order: what stands out lies above the rest. */
  places = new Uint32Array(0)
  /** The places that pulse: new ones first, then overdue emergencies, then what waits longest. */
  pulses = new Uint32Array(0)
  /** Whether a new point is among them, which will be new no longer. */
  fresh = false

  /** `cell` is the width of a spot in parts of the world; `now` and `lasts` (how long a point is new) in seconds. */
  pick(store: PointStore, sight: Sight, cell: number, now: number, lasts: number): void {
    const { numbers, data, used } = store
    const width = Math.max(cell, Math.sqrt(((sight.east - sight.west) * (sight.south - sight.north)) / mostCells))
    const [left, top] = [Math.floor(sight.west / width), Math.floor(sight.north / width)]
    const [columns, rows] = [Math.floor(sight.east / width) - left + 1, Math.floor(sight.south / width) - top + 1]
    const cells = this.cleared(columns * rows)
    const rank = (place: number) => {
      const age = now - (numbers[place * 4 + 2] ?? 0)
      return (ofSprite[(data[place * stride + 12] ?? 0) & 3] ?? 0) + (age >= 0 && age < lasts ? loud.fresh : 0)
    }
    for (let place = 0; place < used; place++) {
      if (!data[place * stride + 14]) continue
      const x = Math.floor((numbers[place * 4] ?? 0) / width) - left
      const y = Math.floor((numbers[place * 4 + 1] ?? 0) / width) - top
      if (x < 0 || y < 0 || x >= columns || y >= rows) continue
      const at = y * columns + x
      const there = cells[at] ?? -1
      if (there < 0 || rank(place) > rank(there)) cells[at] = place
    }
    this.sort(cells, rank, numbers)
  }

  private sort(cells: Int32Array, rank: (place: number) => number, numbers: Float32Array): void {
    const usual: number[] = []
    const above: number[] = []
    const moving: { place: number; order: number }[] = []
    this.fresh = false
    for (const place of cells) {
      if (place < 0) continue
      const flags = rank(place)
      if (flags === 0) usual.push(place)
      else above.push(place)
      const born = numbers[place * 4 + 2] ?? 0
      if (flags & loud.fresh) moving.push({ place, order: -2 * ages - born })
      else if (flags & loud.overdue) moving.push({ place, order: born - (flags & loud.emergency ? ages : 0) })
      this.fresh ||= (flags & loud.fresh) > 0
    }
    this.places = Uint32Array.from([...usual, ...above])
    if (moving.length > mostPulses) moving.sort((a, b) => a.order - b.order)
    this.pulses = Uint32Array.from(moving.slice(0, mostPulses), ({ place }) => place)
  }

  private cleared(cells: number): Int32Array {
    if (this.cells.length !== cells) this.cells = new Int32Array(cells)
    return this.cells.fill(-1)
  }
}
