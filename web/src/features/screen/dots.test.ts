import { expect, it } from 'vitest'
import { dotPlot } from './dots'

const bins = [
  { upto_ms: 30_000, count: 80 },
  { upto_ms: 60_000, count: 33 },
  { upto_ms: 90_000, count: 1 },
  { upto_ms: 0, count: 2 },
]

it('piles up dots within the rows and never rounds a late one away', () => {
  const plot = dotPlot(bins, 60_000, 8)
  expect(plot).toMatchObject({ lanes: 8, within: 4, per: 5 })
  expect(Math.max(...plot.dots.map((dot) => dot.row))).toBeLessThan(8)
  expect(plot.dots.filter((dot) => !dot.late)).toHaveLength(16 + 7)
  expect(plot.dots.filter((dot) => dot.late).map((dot) => dot.lane)).toEqual([4, 6])
})

it('is empty where nothing was', () => {
  expect(dotPlot([], 60_000, 8)).toEqual({ lanes: 0, per: 1, within: 0, dots: [] })
})
