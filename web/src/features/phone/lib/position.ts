import { onScopeDispose, readonly, ref, shallowRef } from 'vue'

/** Where this phone is, in WGS-84 degrees; `accuracy` in metres, `at` in Unix ms. */
export interface Fix {
  lon: number
  lat: number
  accuracy: number
  at: number
}

/** Why a position is not known; each is a sentence under `phone.position`. */
export type NoFix = 'insecure' | 'denied' | 'unavailable'

const fix = shallowRef<Fix>()
const failure = ref<NoFix>()
let users = 0
let watching: number | undefined

function failed(error: GeolocationPositionError): void {
  failure.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'
}

function taken({ coords, timestamp }: GeolocationPosition): void {
  failure.value = undefined
  fix.value = { lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy, at: timestamp }
}

const options: PositionOptions = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 }

function start(): void {
  if (!window.isSecureContext) return void (failure.value = 'insecure')
  if (!('geolocation' in navigator)) return void (failure.value = 'unavailable')
  watching = navigator.geolocation.watchPosition(taken, failed, options)
}

/** Follows this phone's position while somebody wants it; the last one stays known. */
export function usePosition() {
  if (users++ === 0) start()
  onScopeDispose(() => {
    if (--users > 0 || watching === undefined) return
    navigator.geolocation.clearWatch(watching)
    watching = undefined
  })
  return { fix: readonly(fix), failure: readonly(failure), again: () => {
    if (watching !== undefined) navigator.geolocation.clearWatch(watching)
    start()
  } }
}

/** The outline of everything that lies within so many metres of a place, for the ring of accuracy. */
export function ring({ lon, lat, accuracy }: Pick<Fix, 'lon' | 'lat' | 'accuracy'>) {
  const degree = 111_195
  const corners = 48
  const at = (n: number): [number, number] => {
    const angle = (2 * Math.PI * n) / corners
    return [lon + (accuracy * Math.cos(angle)) / (degree * Math.cos((lat * Math.PI) / 180)), lat + (accuracy * Math.sin(angle)) / degree]
  }
  return { type: 'Polygon' as const, coordinates: [Array.from({ length: corners + 1 }, (_, n) => at(n % corners))] }
}
