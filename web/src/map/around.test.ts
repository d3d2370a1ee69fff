import { expect, it } from 'vitest'
import { around } from './around'

it('holds all places, and goes no nearer than a yard', () => {
  expect(around([])).toBeUndefined()
  expect(around([{ lon: 104, lat: 30 }])).toEqual({ lon: 104, lat: 30, zoom: 16 })
  const wide = around([{ lon: 104, lat: 30 }, { lon: 104.2, lat: 30.01 }])!
  expect(wide.lon).toBeCloseTo(104.1)
  expect((0.2 / 360) * 512 * 2 ** wide.zoom).toBeCloseTo(640)
  const tall = around([{ lon: 104, lat: 30 }, { lon: 104.01, lat: 30.4 }])!
  expect(tall.zoom).toBeLessThan(wide.zoom)
})
