import type { Geometry, Position } from 'geojson'

/** Longitude and latitude. */
export type Place = [number, number]

/** A point of borders that was moved: where it was and where it is now, or that it is taken out. */
export interface Move {
  from: Place
  to: Place
  drop?: boolean
}

/** About five centimetres, in degrees: a border that passes a point this close passes through it. */
const near = 5e-7

export const rounded = ([lon, lat]: Place): Place => [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
const far = (a: Position, b: Position) => Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0))
export const samePlace = (a: Position, b: Position) => far(a, b) <= near

/** All rings of a boundary. */
export function ringsOf(geometry: Geometry | null | undefined): Place[][] {
  if (geometry?.type === 'Polygon') return geometry.coordinates as Place[][]
  if (geometry?.type === 'MultiPolygon') return (geometry.coordinates as Place[][][]).flat()
  return []
}

/** The place on the edge a-b that is nearest to p. */
export function onEdge(a: Place, b: Place, p: Place): Place {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const share = length > 0 ? Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) : 0
  return [a[0] + share * dx, a[1] + share * dy]
}

const side = (a: Place, b: Place, c: Place) => (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])

/** Where the edges a-b and c-d cut through each other. */
function meeting(a: Place, b: Place, c: Place, d: Place): Place | undefined {
  const [p, q, r, s] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)]
  if (p * q >= 0 || r * s >= 0) return undefined
  const share = r / (r - s)
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
}

/** The places at which a line, or a ring when it is closed, crosses itself. */
export function crossings(line: Place[], closed = false): Place[] {
  const points = closed && line.length > 2 && line[0] ? [...line, line[0]] : line
  const found: Place[] = []
  for (let i = 1; i < points.length; i++) {
    for (let j = i + 2; j < points.length; j++) {
      const at = meeting(points[i - 1]!, points[i]!, points[j - 1]!, points[j]!)
      if (at) found.push(at)
    }
  }
  return found
}

/** The boundary after points were moved; points on an edge become corners first. The server does the same for all. */
export function moved(geometry: Geometry, moves: Move[]): Geometry {
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: (geometry.coordinates as Place[][]).map((ring) => movedRing(ring, moves)) }
  if (geometry.type !== 'MultiPolygon') return geometry
  return { ...geometry, coordinates: (geometry.coordinates as Place[][][]).map((rings) => rings.map((ring) => movedRing(ring, moves))) }
}

function movedRing(ring: Place[], moves: Move[]): Place[] {
  const open: Place[] = []
  for (let i = 0; i < ring.length - 1; i++) {
    const [a, b] = [ring[i]!, ring[i + 1]!]
    open.push(a)
    const on = moves.filter(({ from }) => !samePlace(from, a) && !samePlace(from, b) && samePlace(onEdge(a, b, from), from))
    on.sort((p, q) => far(a, p.from) - far(a, q.from)).forEach(({ from }) => open.push(from))
  }
  const now = open.flatMap((at): Place[] => {
    const move = moves.find(({ from }) => samePlace(from, at))
    return move ? (move.drop ? [] : [move.to]) : [at]
  })
  return now[0] ? [...now, now[0]] : []
}

/** The box around boundaries: west, south, east, north. */
export function boxOf(rings: Place[][]): [number, number, number, number] | undefined {
  const box: [number, number, number, number] = [180, 90, -180, -90]
  for (const [lon, lat] of rings.flat()) {
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  }
  return box[0] <= box[2] ? box : undefined
}

/** Pulls a place to a corner, else to an edge, that is within reach; `gap` measures on the screen, in pixels. */
export function snap(at: Place, rings: Place[][], gap: (a: Place, b: Place) => number, reach = 10): Place | undefined {
  let best: Place | undefined
  let least = reach
  for (const ring of rings) {
    for (const corner of ring) {
      const d = gap(at, corner)
      if (d < least) [best, least] = [corner, d]
    }
  }
  if (best) return best
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const on = onEdge(ring[i - 1]!, ring[i]!, at)
      const d = gap(at, on)
      if (d < least) [best, least] = [on, d]
    }
  }
  return best
}
