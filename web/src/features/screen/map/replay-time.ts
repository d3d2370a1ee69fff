import { wallTime } from '@/ui/zone'

const dayLength = 24 * 3600_000
const minute = 60_000

/** The day of a moment by the clock on the wall, as 2006-01-02. */
export const dayText = (at: number) => new Date(wallTime(at)).toISOString().slice(0, 10)

/** The first moment of a day by the clock on the wall, unix ms. */
export function dayBegin(day: string): number {
  const midnight = Date.parse(`${day}T00:00Z`)
  const near = 2 * midnight - wallTime(midnight)
  return near + midnight - wallTime(near)
}

/** Up to where a day can be replayed: its end, or for today the last whole minute. */
export function endOf(begin: number, now: number): number {
  const next = dayBegin(dayText(begin + dayLength + dayLength / 2))
  return Math.max(begin, Math.min(next, Math.floor(now / minute) * minute))
}

/** Where a replay stands after some time of the wall has passed, at so many minutes a second. */
export function tick(at: number, end: number, passed: number, speed: number): number {
  // A machine that slept must not leap over half the day.
  return Math.min(end, at + Math.min(passed, 1000) * speed * 60)
}
