import { ref } from 'vue'
import { t } from '@/i18n'
import { sayError } from '@/ui/toasts'
import type { Position } from '@/map/useMap'

/** Where this person is, asked for once and only when they wish to see distances. It stays in this page. */
const here = ref<Position>()
const asking = ref(false)

export function useHere() {
  function find(): void {
    if (asking.value) return
    if (!isSecureContext || !('geolocation' in navigator)) return void sayError(t('work.here.insecure'))
    asking.value = true
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        asking.value = false
        here.value = { lon: coords.longitude, lat: coords.latitude }
      },
      () => {
        asking.value = false
        sayError(t('work.here.failed'))
      },
      { timeout: 10_000, maximumAge: 60_000 },
    )
  }
  return { here, asking, find, forget: () => (here.value = undefined) }
}
