/** The longest day there is, in seconds. */
const daySeconds = 25 * 3600

interface Lives {
  steps: readonly (readonly number[])[]
  late: readonly (readonly number[])[]
}

/** When something happens to which point of a day, by seconds. */
export class Turns {
  /** Points in the order of their turns, and where those of each second begin. */
  private readonly points: Uint32Array
  private readonly begins = new Uint32Array(daySeconds + 2)

  constructor(lives: Lives) {
    const { begins } = this
    eachTurn(lives, (second) => (begins[slot(second) + 1] = (begins[slot(second) + 1] ?? 0) + 1))
    for (let n = 1; n < begins.length; n++) begins[n] = (begins[n] ?? 0) + (begins[n - 1] ?? 0)
    this.points = new Uint32Array(begins.at(-1) ?? 0)
    const next = begins.slice()
    eachTurn(lives, (second, point) => {
      const at = next[slot(second)] ?? 0
      this.points[at] = point
      next[slot(second)] = at + 1
    })
  }

  /** The points with a turn after one second and up to another; one with several turns comes several times. */
  between(after: number, upTo: number): Uint32Array {
    return this.points.subarray(this.begins[slot(after) + 1], this.begins[slot(upTo) + 1])
  }
}

/** What lies before or after the day counts with its edge. */
const slot = (second: number) => Math.min(daySeconds, Math.max(0, second))

function eachTurn({ steps, late }: Lives, call: (second: number, point: number) => void): void {
  for (const [point, pairs] of steps.entries()) for (let n = 0; n < pairs.length; n += 2) call(pairs[n] ?? 0, point)
  for (const [point, spans] of late.entries()) for (const second of spans) call(second, point)
}
