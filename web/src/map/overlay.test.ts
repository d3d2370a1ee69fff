import { describe, expect, it } from 'vitest'
import { areaData, imageName, pointData, type MapPoint } from './overlay'
import { mapStyle } from './style'

const point: MapPoint = { id: 'a', lon: 104.07, lat: 30.67, mark: 'taken', title: '路灯不亮', overdue: true }

describe('map data', () => {
  it('leaves out what has no position', () => {
    expect(pointData([point, { ...point, id: 'b', lon: 0, lat: 0 }]).features).toHaveLength(1)
  })

  it('carries the image of the state and what is selected, and no words', () => {
    expect(pointData([point], 'a').features[0]?.properties).toEqual({
      id: 'a',
      image: 'mark-taken-overdue',
      overdue: true,
      selected: true,
    })
    expect(imageName({ ...point, overdue: false, emergency: true })).toBe('mark-taken-emergency')
  })

  it('marks the selected area and names it once, in its middle', () => {
    const ring = [
      [104, 30],
      [104.5, 30],
      [104.5, 31],
      [104, 30],
    ]
    const areas = [{ id: 'x', name: '锦云社区', geometry: { type: 'Polygon' as const, coordinates: [ring] } }]
    const [outline, name] = areaData(areas, 'x').features
    expect(outline?.properties).toMatchObject({ name: '锦云社区', selected: true })
    expect(name?.geometry).toEqual({ type: 'Point', coordinates: [104.25, 30.5] })
  })
})

describe('the style', () => {
  it('asks for nothing but the base map of this server', () => {
    const style = mapStyle(false, 'http://desk')
    expect(style.glyphs).toBeUndefined()
    expect(style.sprite).toBeUndefined()
    const urls = JSON.stringify(style.sources).match(/https?:[^"]+/g) ?? []
    expect(urls.filter((url) => !url.startsWith('http://desk/basemap/') && !url.includes('openstreetmap.org/copyright'))).toEqual([])
  })

  it('shows whose data it is', () => {
    expect(JSON.stringify(mapStyle(true, ''))).toContain('© OpenStreetMap contributors')
  })
})
