import type { Position } from './useMap'

interface NamedPlace extends Position {
  name: string
}

let places: Promise<NamedPlace[]> | undefined

function load(): Promise<NamedPlace[]> {
  places ??= fetch('/basemap/places.json')
    .then((response) => (response.ok ? (response.json() as Promise<{ places: NamedPlace[] }>) : { places: [] }))
    .then((document) => document.places)
    .catch(() => {
      places = undefined
      return []
    })
  return places
}

const radian = Math.PI / 180

/** The distance in metres; flat, which is exact enough over a few kilometres. */
export function distance(a: Position, b: Position): number {
  const metres = 111_195
  const dx = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) / 2) * radian)
  return Math.hypot(dx, a.lat - b.lat) * metres
}

/** The name of the nearest thing within 200 m, so that a person sees which place was understood. */
export async function nearestName(at: Position): Promise<string> {
  let best = 200
  let name = ''
  for (const place of await load()) {
    const away = distance(at, place)
    if (away < best) [best, name] = [away, place.name]
  }
  return name
}
