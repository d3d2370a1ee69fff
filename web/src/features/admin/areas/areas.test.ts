import { describe, expect, it } from 'vitest'
import type { StaffingLine } from '../shared/wire'
import { levelsBelow, staffingOf } from './areas'
import { findingsOf, lookAt, sizeParts, viewOf, zoomFor } from './geojson'

const square = { type: 'Polygon', coordinates: [[[104, 30], [104.01, 30], [104.01, 30.01], [104, 30.01], [104, 30]]] }

describe('the staffing of an area', () => {
  const line = (kind: string, role: string, least: number): StaffingLine => ({ level: 'grid', kind, role, least })
  const lines = [line('', 'grid_head', 1), line('', 'grid_worker', 1), line('market', 'grid_worker', 2), line('university', 'grid_head', 0)]

  it('lets the line of a kind stand before the general one', () => {
    expect(staffingOf(lines, 'grid', 'market').map((one) => [one.role, one.least])).toEqual([['grid_head', 1], ['grid_worker', 2]])
  })

  it('asks for nobody where a line says none', () => {
    expect(staffingOf(lines, 'grid', 'university').map((one) => one.role)).toEqual(['grid_worker'])
    expect(staffingOf(lines, 'city', '')).toEqual([])
  })
})

describe('levels below an area', () => {
  it('are those that lie lower', () => {
    expect(levelsBelow('community')).toEqual(['grid', 'microgrid'])
    expect(levelsBelow('microgrid')).toEqual([])
    expect(levelsBelow(undefined)[0]).toBe('city')
  })
})

describe('a look at a GeoJSON text', () => {
  it('sees areas, names and properties of a collection', () => {
    const text = JSON.stringify({
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: { name: '锦江区', adcode: 510104 }, geometry: square },
        { type: 'Feature', properties: { name: '点' }, geometry: { type: 'Point', coordinates: [1, 2] } },
      ],
    })
    expect(lookAt(text)).toEqual({ ok: true, shapes: 1, names: ['锦江区'], properties: ['name', 'adcode'], declared: undefined })
  })

  it('takes a bare polygon and a single feature', () => {
    expect(lookAt(JSON.stringify(square))).toMatchObject({ ok: true, shapes: 1 })
    expect(lookAt(JSON.stringify({ type: 'Feature', properties: null, geometry: square }))).toMatchObject({ ok: true, shapes: 1 })
  })

  it('says why a text is none', () => {
    expect(lookAt(' ')).toEqual({ ok: false, why: 'empty' })
    expect(lookAt('{"type":')).toEqual({ ok: false, why: 'json' })
    expect(lookAt('null')).toEqual({ ok: false, why: 'no_area' })
    expect(lookAt('{"type":"Point","coordinates":[1,2]}')).toEqual({ ok: false, why: 'no_area' })
  })
})

describe('the places of a refusal', () => {
  it('are read out of its errors', () => {
    const [found, ...others] = findingsOf([
      { field: 'file', code: 'topology.overlap', params: { areas: ['甲 1', '乙 2'], m2: 120.5, width: 3, lon: 104.06, lat: 30.6, fault: '', parent: '510104' } },
      { field: 'datum', code: 'datum.required' },
    ])
    expect(others).toEqual([])
    expect(found).toMatchObject({ kind: 'overlap', areas: ['甲 1', '乙 2'], m2: 120.5, lon: 104.06, fault: undefined })
  })
})

describe('showing a box on the map', () => {
  it('zooms in on what is small and out for what is large', () => {
    expect(zoomFor([104, 30, 104.01, 30.01])).toBeGreaterThan(zoomFor([103, 30, 105, 31]))
    expect(viewOf([104, 30, 104.02, 30.02])).toMatchObject({ lon: expect.closeTo(104.01, 9), lat: expect.closeTo(30.01, 9) })
    expect(viewOf(undefined)).toBeUndefined()
  })

  it('says sizes in the unit that fits', () => {
    expect(sizeParts(3.21)).toEqual({ unit: 'm2', n: '3.2' })
    expect(sizeParts(45_000)).toEqual({ unit: 'hectare', n: '4.5' })
    expect(sizeParts(12_300_000)).toEqual({ unit: 'km2', n: '12' })
  })
})
