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

  it('marks the selected area', () => {
    const geometry = { type: 'Point' as const, coordinates: [0, 0] }
    const areas = [{ id: 'x', name: '锦云社区', geometry }]
    expect(areaData(areas, 'x').features[0]?.properties).toMatchObject({ name: '锦云社区', selected: true })
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
