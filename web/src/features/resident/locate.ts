/** Why a position is not known; each is a sentence under `resident.step.place.failed`. */
export type LocateFailure = 'insecure' | 'denied' | 'unavailable'

/** This device's position in WGS-84 degrees. Rejects with a LocateFailure. */
export function locate(): Promise<{ lon: number; lat: number }> {
  return new Promise((resolve, reject: (why: LocateFailure) => void) => {
    if (!window.isSecureContext) return reject('insecure')
    if (!('geolocation' in navigator)) return reject('unavailable')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      (error) => reject(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    )
  })
}
