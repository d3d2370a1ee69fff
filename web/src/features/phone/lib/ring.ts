import { onScopeDispose, ref, watch } from 'vue'
import { live, type LiveEvent } from '@/api/live'
import { readIncident } from '@/incident/api'
import type { Incident } from '@/incident/types'
import { acknowledge } from '@/incident/receipts'
import { sound, unlock } from '@/ui/sound'
import { stored } from '@/ui/stored'
import { partWork } from '../orders/work'

/** Kept in this browser: it is this phone that lies in a pocket. */
export const vibrates = ref(stored.get('vibrates') !== 'no')
watch(vibrates, (now) => stored.set('vibrates', now ? 'yes' : 'no'), { flush: 'sync' })
export const canVibrate = typeof navigator !== 'undefined' && typeof navigator.vibrate === 'function'

/** What puts work into somebody's hands. */
const gives = ['dispatch', 'transfer', 'hand_on', 'add_unit', 'ask_unit', 'send_down', 'escalate', 'whistle']
/** Changes come in bursts: they are heard together. */
const together = 600
const mostRead = 5

export const maybeWork = (event: LiveEvent) => event.kind === 'order.changed' && gives.includes(event.do ?? '')

/** How pressing work is that has just come to somebody: urgent, new, or none of theirs. */
export function pressing(incidents: readonly Incident[], account: string): 'urgent' | 'new' | undefined {
  const { mine } = partWork(incidents, account)
  const fresh = mine.filter((one) => one.orders.some((order) => order.state === 'sent' && (!order.person || order.person.id === account)))
  if (fresh.length === 0) return undefined
  return fresh.some((one) => one.severity === 'emergency') ? 'urgent' : 'new'
}

const patterns = { new: [200, 100, 200], urgent: [400, 150, 400, 150, 400] }

/** Sounds a tone and shakes the phone with it, as far as both are wanted. */
export function shake(tone: 'new' | 'urgent'): void {
  sound(tone)
  if (vibrates.value && canVibrate) navigator.vibrate(patterns[tone])
}

/** Rings and shakes when work comes while a page is open. */
export function useRing(account: () => string): void {
  const ids = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  async function hear(): Promise<void> {
    timer = undefined
    const list = [...ids].slice(0, mostRead)
    ids.clear()
    const read = (await Promise.all(list.map((id) => readIncident(id).catch(() => undefined)))).filter((one) => one !== undefined)
    void acknowledge(read, account())
    const tone = pressing(read, account())
    if (tone) shake(tone)
  }
  const stop = live.listen((event) => {
    if (!maybeWork(event) || !event.incident) return
    ids.add(event.incident)
    timer ??= setTimeout(() => void hear(), together)
  })
  const touched = () => void unlock()
  document.addEventListener('pointerdown', touched, { capture: true, once: true })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('pointerdown', touched, { capture: true })
  })
}
