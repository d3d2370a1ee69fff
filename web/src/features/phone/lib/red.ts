import { watch } from 'vue'
import { isOverdue } from '@/incident/clock'
import type { Incident } from '@/incident/types'
import { useNow } from '@/ui/now'
import { sound } from '@/ui/sound'
import { canVibrate, vibrates } from './ring'

const pattern = [300, 120, 300, 120, 300]

/** Which of these are overdue now and were seen running before: only what turns red in front of somebody is told. */
export function turnedRed(incidents: readonly Incident[], red: Map<string, boolean>, now: number): Incident[] {
  return incidents.filter((incident) => {
    const before = red.get(incident.id)
    const over = isOverdue(incident, now)
    red.set(incident.id, over)
    return over && before === false
  })
}

/** Shakes and sounds when a limit of what is shown runs out. */
export function useRed(shown: () => readonly Incident[]): void {
  const red = new Map<string, boolean>()
  const now = useNow()
  watch(
    () => turnedRed(shown(), red, now.value).length,
    (n) => {
      if (n === 0) return
      sound('urgent')
      if (vibrates.value && canVibrate) navigator.vibrate(pattern)
    },
  )
}
