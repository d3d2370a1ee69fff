import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import type { Border, Borders } from './read'
import { nothing } from './screen-style'

/** West, south, east, north. */
export type Bounds = [number, number, number, number]

const shapeOf = (border: Border | undefined): Polygon | MultiPolygon | undefined => {
  const geometry = border?.geometry as Polygon | MultiPolygon | null | undefined
  return geometry && geometry.coordinates.length > 0 ? geometry : undefined
}

const outerRings = (shape: Polygon | MultiPolygon): Position[][] =>
  (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates).flatMap((polygon) => polygon.slice(0, 1))

/** The part of the world that boundaries cover; undefined when there is none. */
export function boundsOf(borders: Borders): Bounds | undefined {
  const shapes = (shapeOf(borders.area) ? [borders.area] : borders.children).flatMap((border) => shapeOf(border) ?? [])
  const bounds: Bounds = [180, 90, -180, -90]
  for (const ring of shapes.flatMap(outerRings)) {
    for (const [lon = 0, lat = 0] of ring) {
      bounds[0] = Math.min(bounds[0], lon)
      bounds[1] = Math.min(bounds[1], lat)
      bounds[2] = Math.max(bounds[2], lon)
      bounds[3] = Math.max(bounds[3], lat)
    }
  }
  return bounds[0] <= bounds[2] ? bounds : undefined
}

/** Everything outside the area, to be dimmed. */
export function maskData(borders: Borders | undefined): FeatureCollection {
  const shape = shapeOf(borders?.area)
  if (!shape) return nothing
  const world: Position[] = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]]
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [world, ...outerRings(shape)] } }] }
}

/** The area's boundary, those of the areas right below it, and their names. */
export function borderData(borders: Borders | undefined): FeatureCollection {
  if (!borders) return nothing
  const feature = (border: Border, part: 'own' | 'child'): Feature[] => {
    const geometry = shapeOf(border)
    return geometry ? [{ type: 'Feature', properties: { id: border.id, name: border.name, part }, geometry }] : []
  }
  const name = (border: Border): Feature[] =>
    border.lon === undefined || border.lat === undefined
      ? []
      : [{ type: 'Feature', properties: { id: `${border.id}/name`, name: border.name, part: 'name' }, geometry: { type: 'Point', coordinates: [border.lon, border.lat] } }]
  // The lowest level has nobody below it that could bear a name.
  const own = borders.area ? [...feature(borders.area, 'own'), ...(borders.children.length ? [] : name(borders.area))] : []
  return { type: 'FeatureCollection', features: [...borders.children.flatMap((child) => [...feature(child, 'child'), ...name(child)]), ...own] }
}
