import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'

/** After how many ms a file is asked for again; each time twice as late, up to the second figure. */
export const again = { first: 2_000, last: 60_000 }

/** What the library adds to an error of a source. */
interface SourceError {
  error: unknown
  sourceId?: string
  source?: { type?: string; data?: unknown }
}

/**
 * Asks again for files of the base map that did not come: a wall stays open through nights without server or network,
 * and the library asks once. Other errors go to the console, as they do where nobody listens.
 */
export function heal(map: MapLibreMap): void {
  const waits = new Map<string, number>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  map.on('error', (event) => {
    const { error, sourceId: id, source } = event as SourceError
    if (id === undefined || source?.type !== 'geojson' || typeof source.data !== 'string') {
      console.error(error)
      return
    }
    const file = source.data
    const wait = waits.get(id) ?? again.first
    waits.set(id, Math.min(wait * 2, again.last))
    const timer = setTimeout(() => {
      timers.delete(timer)
      map.getSource<GeoJSONSource>(id)?.setData(file)
    }, wait)
    timers.add(timer)
  })
  map.on('remove', () => timers.forEach((timer) => clearTimeout(timer)))
}
