import type { Position } from './useMap'

/** Roughly the part of a map that is seen beside a list, in px. */
const seen = { width: 640, height: 560 }
/** Nearer than this a single thing fills the screen with one yard. */
const nearest = 16

/** A view that holds all places; none for none. The world is 512 px wide at zoom 0. */
export function around(places: readonly Position[]): (Position & { zoom: number }) | undefined {
  if (!places.length) return undefined
  const span = (values: number[]) => [Math.min(...values), Math.max(...values)] as const
  const [west, east] = span(places.map(({ lon }) => lon))
  const [south, north] = span(places.map(({ lat }) => lat))
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 }
  const stretch = Math.cos((middle.lat * Math.PI) / 180)
  const zoom = (pixels: number, degrees: number) => (degrees > 0 ? Math.log2((pixels * 360) / (512 * degrees)) : nearest)
  return { ...middle, zoom: Math.min(nearest, zoom(seen.width, east - west), zoom(seen.height, (north - south) / stretch)) }
}
