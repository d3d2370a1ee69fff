import { useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose } from 'vue'
import { live } from '@/api/live'
import { keys, readIncident } from '@/incident/api'
import { sound, unlock } from '@/ui/sound'
import { loudest, mayAlert, toneOf } from './alerting'

/** Changes come in bursts: they are heard together, and never more often than this. */
const together = 900
const mostRead = 6

/** Tabs of one browser hear the same changes; the one that was touched first speaks for all. */
let speaks = typeof navigator === 'undefined' || !navigator.locks
let asked = false
function askToSpeak(): void {
  void unlock()
  if (asked || speaks) return
  asked = true
  void navigator.locks.request('gezhi.sound', () => {
    speaks = true
    return new Promise(() => undefined)
  })
}

/** Sounds for what is new and urgent while a page of the desk is open; what one did oneself makes no sound. */
export function useSounding(): void {
  const client = useQueryClient()
  const came = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function hear(): Promise<void> {
    timer = undefined
    // What the page knows by now is what this person has just done.
    const known = (id: string) => client.getQueryData<{ version: number }>(keys.incident(id))?.version ?? 0
    const ids = [...came].filter(([id, version]) => known(id) < version).map(([id]) => id)
    came.clear()
    const tones = await Promise.all(ids.slice(0, mostRead).map((id) => readIncident(id).then(toneOf, () => undefined)))
    const tone = loudest(tones)
    if (tone) sound(tone)
  }

  const stop = live.listen((event) => {
    if (!speaks || !mayAlert(event) || !event.incident) return
    came.set(event.incident, event.version ?? Infinity)
    timer ??= setTimeout(() => void hear(), together)
  })
  for (const gesture of ['pointerdown', 'keydown'] as const) document.addEventListener(gesture, askToSpeak, { capture: true })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    for (const gesture of ['pointerdown', 'keydown'] as const) document.removeEventListener(gesture, askToSpeak, { capture: true })
  })
}
