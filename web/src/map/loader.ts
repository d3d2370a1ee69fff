import type * as MapLibre from 'maplibre-gl'

export interface MapMeta {
  /** West, south, east, north. */
  bounds: [number, number, number, number]
}

let library: Promise<typeof MapLibre> | undefined
let meta: Promise<MapMeta> | undefined

/** Tells whether this browser can draw the map at all. */
export function hasWebGL(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}

async function load(): Promise<typeof MapLibre> {
  const [maplibre, worker] = await Promise.all([
    import('maplibre-gl'),
    import('maplibre-gl/dist/maplibre-gl-worker.mjs?url'),
    import('maplibre-gl/dist/maplibre-gl.css'),
  ])
  maplibre.setWorkerUrl(new URL(worker.default, location.href).href)
  return maplibre
}

/** Loads the map library once, when the first map is shown. A failed load can be tried again. */
export function loadMapLibrary(): Promise<typeof MapLibre> {
  library ??= load().catch((error: unknown) => {
    library = undefined
    throw error
  })
  return library
}

/** Reads which part of the world the base map covers. */
export function loadMapMeta(): Promise<MapMeta> {
  meta ??= fetch('/basemap/meta.json')
    .then((response) => {
      if (!response.ok) throw new Error(`base map: ${response.status}`)
      return response.json() as Promise<MapMeta>
    })
    .catch((error: unknown) => {
      meta = undefined
      throw error
    })
  return meta
}
