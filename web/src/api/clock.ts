import { stored } from '@/ui/stored'

/** By how much this device's clock is behind the server's, in ms; kept, because a report may be made without network. */
let offset = Number(stored.get('clock.offset')) || 0

/** A Date header has whole seconds, and the answer took its time on the way. */
const noise = 2000

/** Learns the server's time from an answer: its Date header, and this device's clock when it came. */
export function learnTime(date: string | null, now = Date.now()): void {
  const server = date ? Date.parse(date) : Number.NaN
  if (Number.isNaN(server)) return
  const away = server - now
  offset = Math.abs(away) <= noise ? 0 : away
  stored.set('clock.offset', String(offset))
}

/** A moment of this device's clock as the server's clock had it. */
export const serverTime = (at: number) => at + offset

/** By how much this device's clock is behind the server's, in ms; below 0 it is ahead. */
export const clockAway = () => offset
