import type { Bin } from './types'

/** A dot of the plot: the lane it stands in, how high, and whether it stands beyond the promise. */
export interface Dot {
  lane: number
  row: number
  late: boolean
}

export interface DotPlot {
  lanes: number
  /** How many matters one dot stands for. */
  per: number
  /** How many lanes lie within the promise: the line is drawn behind them. */
  within: number
  dots: Dot[]
}

/** Each step of time is so many dots wide. */
const wide = 2

/** Piles up times as dots. A step with anything in it has a dot, so that a single late one is never rounded away. */
export function dotPlot(bins: readonly Bin[], limit: number, rows: number): DotPlot {
  const most = Math.max(0, ...bins.map((bin) => bin.count))
  const per = Math.max(1, Math.ceil(most / (rows * wide)))
  const inTime = (bin: Bin) => bin.upto_ms > 0 && bin.upto_ms <= limit
  const dots = bins.flatMap((bin, step) =>
    Array.from({ length: bin.count > 0 ? Math.max(1, Math.round(bin.count / per)) : 0 }, (_, n) => ({
      lane: step * wide + (n % wide),
      row: Math.floor(n / wide),
      late: !inTime(bin),
    })),
  )
  return { lanes: bins.length * wide, per, within: bins.filter(inTime).length * wide, dots }
}
