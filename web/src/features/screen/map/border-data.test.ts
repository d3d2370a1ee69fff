import { describe, expect, it } from 'vitest'
import { borderData, boundsOf, maskData } from './border-data'
import type { Borders } from './read'

const square = (west: number) => ({ type: 'Polygon', coordinates: [[[west, 30], [west + 1, 30], [west + 1, 31], [west, 31], [west, 30]]] })
const border = (id: string, geometry: unknown, at = true) => ({ id, name: id, level: 'grid', geometry, ...(at && { lon: 104.5, lat: 30.5 }) })
const borders = (area: unknown, children: unknown[]) => ({ ground: 1, area, path: [], children, truncated: false }) as unknown as Borders
const parts = (of: Borders) => borderData(of).features.map((one) => one.properties?.part)

describe('the boundaries of the wall', () => {
  it('are those of the area and of the ones below it, each with its name', () => {
    const all = borders(border('own', square(104)), [border('a', square(104)), border('b', square(105))])
    expect(parts(all)).toEqual(['child', 'name', 'child', 'name', 'own'])
    expect(boundsOf(all)).toEqual([104, 30, 105, 31])
    expect(maskData(all).features[0]?.geometry).toMatchObject({ coordinates: [[[-180, -85], expect.anything(), expect.anything(), expect.anything(), expect.anything()], square(104).coordinates[0]] })
  })
  it('name the lowest area itself', () => {
    expect(parts(borders(border('own', square(104)), []))).toEqual(['own', 'name'])
  })
  it('do without a polygon: the ones below say where it is, and nothing is dimmed', () => {
    const bare = borders(border('own', null, false), [border('a', square(104)), border('b', square(106))])
    expect(boundsOf(bare)).toEqual([104, 30, 107, 31])
    expect(maskData(bare).features).toEqual([])
    expect(boundsOf(borders(border('own', null, false), [border('a', null, false)]))).toBeUndefined()
  })
})
