import { duration } from '@/ui/time'

export { countText, shareText } from '@/ui/figures'

/** A length of time in seconds or minutes, short enough for a wall. Milliseconds. */
export function shortTime(ms: number): { n: string; unit: 'seconds' | 'minutes' | 'hours' } {
  const even = ms >= 60_000 && ms % 60_000 === 0
  if (ms < 120_000 && !even) return { n: String(Math.round(ms / 1000)), unit: 'seconds' }
  const minutes = ms / 60_000
  return minutes < 120 ? { n: minutes.toFixed(minutes < 10 && !even ? 1 : 0), unit: 'minutes' } : { n: (minutes / 60).toFixed(1), unit: 'hours' }
}

/** The name of an area as it is read below the one above it: 百集社区第一网格 below 百集社区 is 第一网格. */
export function nameBelow(name: string, above: string | undefined): string {
  return above && name.length > above.length && name.startsWith(above) ? name.slice(above.length).trim() || name : name
}

const minute = 60_000

/** A length of time to be read from afar: to the second while it is short, and then by its largest part. */
export function roughly(ms: number): string {
  const length = Math.abs(ms)
  const part = [24 * 60 * minute, 60 * minute, minute].find((one) => length >= one) ?? 0
  return duration(length < 10 * minute ? length : length - (length % part))
}
