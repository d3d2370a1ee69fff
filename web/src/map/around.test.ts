import { expect, it } from 'vitest'
import { around, farthest } from './around'

it('holds all places, and goes no nearer than a yard', () => {
  expect(around([])).toBeUndefined()
  expect(around([{ lon: 104, lat: 30 }])).toEqual({ lon: 104, lat: 30, zoom: 16 })
  const wide = around([{ lon: 104, lat: 30 }, { lon: 104.2, lat: 30.01 }])!
  expect(wide.lon).toBeCloseTo(104.1)
  expect((0.2 / 360) * 512 * 2 ** wide.zoom).toBeCloseTo(640)
  const tall = around([{ lon: 104, lat: 30 }, { lon: 104.01, lat: 30.16 }])!
  expect(tall.zoom).toBeLessThan(wide.zoom)
})

const street = [0, 1, 2, 3, 4, 5].map((n) => ({ lon: 104 + n / 100, lat: 30 + n / 200 }))

it('leaves out one place far from the others', () => {
  expect(around([...street, { lon: 104.5, lat: 30.3 }])).toEqual(around(street))
})

it('goes no farther out than the map does, and stays with the most places', () => {
  const two = [...street, { lon: 110, lat: 35 }, { lon: 110, lat: 35 }, { lon: 110, lat: 35 }]
  const view = around(two)!
  expect(view.zoom).toBeGreaterThanOrEqual(farthest)
  expect(view.lon).toBeCloseTo(104.025)
})
