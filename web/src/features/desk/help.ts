import { ref } from 'vue'
import { stored } from '@/ui/stored'
import type { Incident } from '@/incident/types'

const key = 'help.seen'
const most = 50
const read = (): string[] => {
  try {
    const kept: unknown = JSON.parse(stored.get(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
const seen = ref(read())

/** Somebody at this desk opened it. */
export function markSeen(id: string): void {
  if (seen.value.includes(id)) return
  seen.value = [id, ...seen.value].slice(0, most)
  stored.set(key, JSON.stringify(seen.value))
}

/** Calls for help that nobody has opened: not here, not a colleague, and nobody has taken the order. The oldest first. */
export function unanswered(calls: Incident[], openElsewhere: ReadonlySet<string>): Incident[] {
  const taken = (incident: Incident) => incident.orders.some((order) => ['accepted', 'arrived', 'handled'].includes(order.state))
  return calls
    .filter((incident) => !seen.value.includes(incident.id) && !openElsewhere.has(incident.id) && !taken(incident))
    .sort((a, b) => a.received_at - b.received_at)
}
