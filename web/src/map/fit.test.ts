import { describe, expect, it } from 'vitest'
import { viewOf } from './fit'

describe('where to look so that everything is in sight', () => {
  it('stays as near as asked around one place', () => {
    expect(viewOf([{ lon: 104.07, lat: 30.69 }])).toEqual({ lon: 104.07, lat: 30.69, zoom: 14 })
  })

  it('looks at the middle, from far enough for the width and for the height', () => {
    const wide = viewOf([{ lon: 104, lat: 30.6 }, { lon: 104.2, lat: 30.6 }])!
    expect(wide.lon).toBeCloseTo(104.1)
    const pixels = (degrees: number, zoom: number) => (degrees * 512 * 2 ** zoom) / 360
    expect(pixels(0.2, wide.zoom)).toBeCloseTo(640)
    const high = viewOf([{ lon: 104, lat: 30.6 }, { lon: 104, lat: 30.8 }])!
    expect(pixels(0.2 / Math.cos((30.7 * Math.PI) / 180), high.zoom)).toBeCloseTo(480)
  })

  it('looks nowhere without points', () => {
    expect(viewOf([])).toBeUndefined()
  })
})
