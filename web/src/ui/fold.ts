/** Neighbours shown as one: the first of them, and what may stay folded behind it. */
export interface Folded<T> {
  first: T
  behind: T[]
}

/**
 * Puts neighbours that say much the same behind the first of them, once there are at least `from` of them in a row, so
 * that what people did stays in sight. The order is kept and nothing is left out.
 */
export function fold<T>(items: readonly T[], alike: (item: T) => boolean, from = 3): Folded<T>[] {
  const runs: T[][] = []
  for (const item of items) {
    const run = runs.at(-1)
    if (run && alike(item) && alike(run[0]!)) run.push(item)
    else runs.push([item])
  }
  const one = (first: T, ...behind: T[]): Folded<T> => ({ first, behind })
  return runs.flatMap((run) => (run.length >= from ? [one(run[0]!, ...run.slice(1))] : run.map((item) => one(item))))
}
