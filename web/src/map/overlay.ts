import type { GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl'
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import type { Mark } from '@/ui/state'
import type { Palette } from './palette'

/** An incident on the map. */
export interface MapPoint {
  id: string
  lon: number
  lat: number
  mark: Mark
  title: string
  overdue?: boolean
  emergency?: boolean
}

/** An area's outline. */
export interface MapArea {
  id: string
  name: string
  geometry: Geometry
}

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }

export function overlaySources(): Record<string, GeoJSONSourceSpecification> {
  return {
    areas: { type: 'geojson', data: nothing },
    // Beside the incidents, which are drawn together where they lie close.
    hovered: { type: 'geojson', data: nothing },
    incidents: {
      type: 'geojson',
      data: nothing,
      cluster: true,
      clusterRadius: 26,
      clusterMaxZoom: 15,
      clusterProperties: { overdue: ['+', ['case', ['get', 'overdue'], 1, 0]] },
    },
  }
}

export function overlayLayers(p: Palette, font: string[]): LayerSpecification[] {
  return [
    {
      id: 'area-fill',
      type: 'fill',
      source: 'areas',
      paint: { 'fill-color': p.accent, 'fill-opacity': ['case', ['get', 'selected'], 0.14, 0.03] },
    },
    {
      id: 'area-line',
      type: 'line',
      source: 'areas',
      paint: {
        'line-color': p.accent,
        'line-width': ['case', ['get', 'selected'], 3, 1.4],
        'line-opacity': 0.75,
        'line-dasharray': [3, 1.5],
      },
    },
    {
      id: 'area-labels',
      type: 'symbol',
      source: 'areas',
      minzoom: 14,
      filter: ['==', ['geometry-type'], 'Point'],
      layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 12 },
      paint: { 'text-color': p.accent, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
    },
    {
      id: 'incident-clusters',
      type: 'circle',
      source: 'incidents',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': p.panel,
        'circle-radius': ['step', ['get', 'point_count'], 13, 10, 16, 50, 20],
        'circle-stroke-width': 3,
        'circle-stroke-color': ['case', ['>', ['get', 'overdue'], 0], p.danger, p.accent],
      },
    },
    {
      id: 'incident-counts',
      type: 'symbol',
      source: 'incidents',
      filter: ['has', 'point_count'],
      layout: { 'text-field': ['to-string', ['get', 'point_count']], 'text-font': font, 'text-size': 12, 'text-allow-overlap': true },
      paint: { 'text-color': p.text },
    },
    {
      id: 'incident-selected',
      type: 'circle',
      source: 'incidents',
      filter: ['==', ['get', 'selected'], true],
      paint: { 'circle-radius': 18, 'circle-color': p.accent, 'circle-opacity': 0.2, 'circle-stroke-width': 2.5, 'circle-stroke-color': p.accent },
    },
    {
      id: 'incident-hovered',
      type: 'circle',
      source: 'hovered',
      paint: { 'circle-radius': 16, 'circle-color': p.accent, 'circle-opacity': 0.12, 'circle-stroke-width': 2, 'circle-stroke-color': p.accent },
    },
    {
      id: 'incidents',
      type: 'symbol',
      source: 'incidents',
      filter: ['!', ['has', 'point_count']],
      layout: { 'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'symbol-sort-key': ['case', ['get', 'overdue'], 2, 1] },
    },
  ]
}

/** The name of the image that shows a point's state. */
export function imageName(point: MapPoint): string {
  return ['mark', point.mark, point.overdue ? 'overdue' : '', point.emergency ? 'emergency' : ''].filter(Boolean).join('-')
}

/** The points as map data. A point without a position (0, 0) is left out. */
export function pointData(points: MapPoint[], selected?: string): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: points
      .filter((point) => point.lon !== 0 || point.lat !== 0)
      .map((point) => ({
        type: 'Feature',
        properties: {
          id: point.id,
          image: imageName(point),
          overdue: point.overdue === true,
          selected: point.id === selected,
        },
        geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
      })),
  }
}

/** The middle of a shape's extent, where its name stands. */
function middle(geometry: Geometry): Position | undefined {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : []
  const points = rings.flat()
  if (points.length === 0) return undefined
  const between = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis] ?? 0)
    return (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2
  }
  return [between(0), between(1)]
}

/** The outlines as map data, each with a point for its name: a label of the outline itself would show once a tile. */
export function areaData(areas: MapArea[], selected?: string): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: areas.flatMap((area) => {
      const properties = { id: area.id, name: area.name, selected: area.id === selected }
      const at = middle(area.geometry)
      const outline: Feature = { type: 'Feature', properties, geometry: area.geometry }
      return at ? [outline, { type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } }] : [outline]
    }),
  }
}
