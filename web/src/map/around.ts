import type { Position } from './useMap'

/** Roughly the part of a map that is seen beside a list, in px. */
const seen = { width: 640, height: 560 }
/** Nearer than this a single thing fills the screen with one yard. */
const nearest = 16
/** The map goes no farther out, and holds no more than fits there. */
export const farthest = 11
/** A place that lies this many times farther out than three quarters of them is a mistake or a matter of its own. */
const stray = 4

/**
 * A view that holds the places, without a stray one that would make all the others too small to tell apart; none for
 * none. The world is 512 px wide at zoom 0.
 */
export function around(places: readonly Position[]): (Position & { zoom: number }) | undefined {
  if (!places.length) return undefined
  const heart = { lon: middleOf(places.map(({ lon }) => lon)), lat: middleOf(places.map(({ lat }) => lat)) }
  const out = (place: Position) => Math.hypot((place.lon - heart.lon) * stretchAt(heart.lat), place.lat - heart.lat)
  const outwards = [...places].sort((a, b) => out(a) - out(b))
  const usual = out(outwards[Math.ceil(outwards.length * 0.75) - 1]!)
  let kept = usual > 0 ? outwards.filter((place) => out(place) <= usual * stray) : outwards
  while (kept.length > 1 && viewOf(kept).zoom < farthest) kept = kept.slice(0, -1)
  return viewOf(kept)
}

/** A degree of longitude is shorter than one of latitude. */
const stretchAt = (lat: number) => Math.cos((lat * Math.PI) / 180)

function middleOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]!
}

function viewOf(places: readonly Position[]): Position & { zoom: number } {
  const span = (values: number[]) => [Math.min(...values), Math.max(...values)] as const
  const [west, east] = span(places.map(({ lon }) => lon))
  const [south, north] = span(places.map(({ lat }) => lat))
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 }
  const zoom = (pixels: number, degrees: number) => (degrees > 0 ? Math.log2((pixels * 360) / (512 * degrees)) : nearest)
  return { ...middle, zoom: Math.min(nearest, zoom(seen.width, east - west), zoom(seen.height, (north - south) / stretchAt(middle.lat))) }
}
