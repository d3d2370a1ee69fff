import type { FieldError } from '@/api/error'
import type { Finding } from '../shared/wire'

/** What can be seen of a GeoJSON text before it is sent; the server decides. */
export type Look =
  | { ok: true; shapes: number; names: string[]; properties: string[]; declared?: string }
  | { ok: false; why: 'empty' | 'json' | 'no_area' }

interface Loose {
  type?: unknown
  features?: unknown
  geometry?: unknown
  properties?: unknown
  crs?: { properties?: { name?: unknown } }
}

const isArea = (geometry: unknown) => /^(Multi)?Polygon$/.test(String((geometry as Loose | null)?.type))

/** Looks at a GeoJSON text: how many areas it draws, their names, the properties they carry. */
export function lookAt(text: string): Look {
  if (!text.trim()) return { ok: false, why: 'empty' }
  let document: Loose
  try {
    document = JSON.parse(text) as Loose
  } catch {
    return { ok: false, why: 'json' }
  }
  if (document === null || typeof document !== 'object') return { ok: false, why: 'no_area' }
  const features = Array.isArray(document.features) ? (document.features as Loose[]) : [isArea(document) ? { geometry: document } : document]
  const areas = features.filter((feature) => isArea(feature?.geometry))
  if (areas.length === 0) return { ok: false, why: 'no_area' }
  const properties = areas.map((area) => (area.properties ?? {}) as Record<string, unknown>)
  return {
    ok: true,
    shapes: areas.length,
    names: properties.map((held) => held.name).filter((name): name is string => typeof name === 'string').slice(0, 6),
    properties: [...new Set(properties.slice(0, 50).flatMap((held) => Object.keys(held)))],
    declared: typeof document.crs?.properties?.name === 'string' ? document.crs.properties.name : undefined,
  }
}

/** The zoom at which a box fits a map of about this size in pixels. Bounds are west, south, east, north. */
export function zoomFor(bounds: readonly number[], width = 640, height = 280): number {
  const [west = 0, south = 0, east = 0, north = 0] = bounds
  const middle = ((south + north) / 2) * (Math.PI / 180)
  // At zoom 0 the whole turn of 360 degrees is 512 pixels wide.
  const degrees = Math.max((east - west) / width, (north - south) / Math.cos(middle) / height, 1e-9)
  return Math.min(18, Math.max(3, Math.log2(360 / 512 / degrees)))
}

/** The view that shows a box. */
export function viewOf(bounds: readonly number[] | undefined): { lon: number; lat: number; zoom: number } | undefined {
  if (!bounds || bounds.length !== 4) return undefined
  const [west = 0, south = 0, east = 0, north = 0] = bounds
  return { lon: (west + east) / 2, lat: (south + north) / 2, zoom: zoomFor(bounds) }
}

/** The places at which a refused boundary does not fit, out of the errors of the refusal. */
export function findingsOf(errors: FieldError[]): Finding[] {
  return errors
    .filter((error) => error.code.startsWith('topology.'))
    .map(({ code, params = {} }) => ({
      kind: code.slice('topology.'.length),
      fault: typeof params.fault === 'string' && params.fault ? params.fault : undefined,
      areas: Array.isArray(params.areas) ? params.areas.map(String) : [],
      parent: typeof params.parent === 'string' ? params.parent : undefined,
      m2: Number(params.m2) || 0,
      width: Number(params.width) || 0,
      lon: Number(params.lon) || 0,
      lat: Number(params.lat) || 0,
    }))
}

/** A size as a person says it: 12 平方米, 3.4 公顷, 5.6 平方公里. */
export function sizeParts(m2: number): { unit: 'm2' | 'hectare' | 'km2'; n: string } {
  if (m2 >= 1e6) return { unit: 'km2', n: (m2 / 1e6).toFixed(m2 >= 1e7 ? 0 : 1) }
  if (m2 >= 1e4) return { unit: 'hectare', n: (m2 / 1e4).toFixed(1) }
  return { unit: 'm2', n: m2 >= 10 ? m2.toFixed(0) : m2.toFixed(1) }
}
