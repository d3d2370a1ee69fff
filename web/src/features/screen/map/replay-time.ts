const dayLength = 24 * 3600_000
const minute = 60_000

const two = (n: number) => String(n).padStart(2, '0')

/** The day of a moment, as 2006-01-02. */
export function dayText(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The first moment of a day, unix ms. */
export const dayBegin = (day: string) => Date.parse(`${day}T00:00`)

/** Up to where a day can be replayed: its end, or for today the last whole minute. */
export function endOf(begin: number, now: number): number {
  const next = new Date(begin + dayLength + dayLength / 2).setHours(0, 0, 0, 0)
  return Math.max(begin, Math.min(next, Math.floor(now / minute) * minute))
}

/** Where a replay stands after some time of the wall has passed, at so many minutes a second. */
export function tick(at: number, end: number, passed: number, speed: number): number {
  // A machine that slept must not leap over half the day.
  return Math.min(end, at + Math.min(passed, 1000) * speed * 60)
}
