import type { Position } from './useMap'

/** What a map shows at least beside a list, in CSS pixels; on a larger one there is more around it. */
const room = { width: 640, height: 480 }
const tile = 512

/** Where to look so that every point is in sight, but never nearer than `nearest`; undefined without points. */
export function viewOf(points: readonly Position[], nearest = 14): (Position & { zoom: number }) | undefined {
  if (!points.length) return undefined
  const lons = points.map(({ lon }) => lon)
  const lats = points.map(({ lat }) => lat)
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  const lat = (south + north) / 2
  const wide = (room.width * 360) / (tile * (east - west))
  const high = (room.height * 360 * Math.cos((lat * Math.PI) / 180)) / (tile * (north - south))
  return { lon: (west + east) / 2, lat, zoom: Math.min(nearest, Math.log2(Math.min(wide, high))) }
}
