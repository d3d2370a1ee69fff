import { flag, type PointStore } from './point-store'
import { Turns } from './turns'

/** How the points of a day stood in its course, in columns. */
export interface Course {
  from: number
  to: number
  states: string[]
  ids: string[]
  lon: number[]
  lat: number[]
  emergency: number[]
  steps: number[][]
  late: number[][]
}

/** How many stood how at a moment. */
export interface Moment {
  at: number
  open: number
  closed: number
  overdue: number
}

/** What stood at a second: the last of the pairs (second, value) that is not later; -1 before the first. */
export function standing(pairs: readonly number[], second: number): number {
  let low = 0
  let high = pairs.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pairs[middle * 2] ?? 0) <= second) low = middle + 1
    else high = middle
  }
  return low === 0 ? -1 : (pairs[low * 2 - 1] ?? -1)
}

/** Whether a second lies in one of the spans (from, to). */
export function inSpans(spans: readonly number[], second: number): boolean {
  for (let n = 0; n + 1 < spans.length; n += 2) if (second >= (spans[n] ?? 0) && second < (spans[n + 1] ?? 0)) return true
  return false
}

/** Puts a day's course into a store of points, as it was at any moment. */
export class CoursePlayer {
  private readonly marks: number[]
  private readonly closed: number
  private readonly emergency: ReadonlySet<number>
  private readonly turns: Turns
  /** What was put last for each point: mark and flags in one number, -1 for not shown. */
  private readonly shown: Int16Array
  /** How each point was counted last: bits of open, closed and overdue. */
  private readonly counted: Uint8Array
  private second = Number.NEGATIVE_INFINITY
  private readonly counts = { open: 0, closed: 0, overdue: 0 }

  constructor(
    private readonly store: PointStore,
    private readonly course: Course,
    marks: (states: string[]) => number[],
  ) {
    this.marks = marks(course.states)
    this.closed = course.states.indexOf('closed')
    this.emergency = new Set(course.emergency)
    this.turns = new Turns(course)
    this.shown = new Int16Array(course.ids.length).fill(-1)
    this.counted = new Uint8Array(course.ids.length)
    store.clear()
  }

  /** Shows a moment, unix ms. Only points for which something happened since the moment shown before are looked at. */
  show(at: number): Moment {
    const { course } = this
    const second = Math.floor((Math.min(Math.max(at, course.from), course.to) - course.from) / 1000)
    if (this.second === Number.NEGATIVE_INFINITY) for (let n = 0; n < course.ids.length; n++) this.stand(n, second)
    else for (const n of this.turns.between(Math.min(this.second, second), Math.max(this.second, second))) this.stand(n, second)
    this.second = second
    return { at, ...this.counts }
  }

  private stand(n: number, second: number): void {
    const { course, counts, counted } = this
    const steps = course.steps[n] ?? []
    const state = standing(steps, second)
    const open = state >= 0 && state !== this.closed
    const overdue = open && inSpans(course.late[n] ?? [], second)
    const before = counted[n] ?? 0
    const now = (open ? 1 : 0) | (state >= 0 && !open ? 2 : 0) | (overdue ? 4 : 0)
    counts.open += (now & 1) - (before & 1)
    counts.closed += ((now & 2) - (before & 2)) / 2
    counts.overdue += ((now & 4) - (before & 4)) / 4
    counted[n] = now
    this.place(n, state, overdue, steps[0] ?? 0)
  }

  private place(n: number, state: number, overdue: boolean, born: number): void {
    const { course, store } = this
    const id = course.ids[n] ?? ''
    const mark = state < 0 ? -1 : (this.marks[state] ?? -1)
    const flags = (overdue ? flag.overdue : 0) | (this.emergency.has(n) ? flag.emergency : 0)
    const key = mark < 0 ? -1 : mark * 8 + flags
    if (key === this.shown[n]) return
    this.shown[n] = key
    if (key < 0) return store.remove(id)
    store.put({ id, lon: course.lon[n] ?? 0, lat: course.lat[n] ?? 0, mark, flags, at: course.from + born * 1000, quiet: born === 0 })
  }
}
