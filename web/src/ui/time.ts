import { language, t } from '@/i18n'
import { wallTime } from './zone'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const two = (n: number) => String(n).padStart(2, '0')

/** The time of day, 12:03. */
export function clockTime(at: number): string {
  const date = new Date(wallTime(at))
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
}

/** The exact time, 2026-11-22 12:03:20; what a hover shows. */
export function exactTime(at: number): string {
  const date = new Date(wallTime(at))
  const days = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  return `${days} ${clockTime(at)}:${two(date.getUTCSeconds())}`
}

/** The date as a letter writes it: 2026年11月22日, 22 November 2026. */
export function letterDate(at: number): string {
  return dateText(at, { year: 'numeric', month: 'long', day: 'numeric' })
}

/** A date in the words of the language, with the parts that are asked for. */
export const dateText = (at: number, parts: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language(), { ...parts, timeZone: 'UTC' }).format(wallTime(at))

/** The days since 1970 by the clock on the wall. */
export const dayNumber = (at: number) => Math.floor(wallTime(at) / day)

/** A time as people say it, seen from `now`: 刚刚, 3 分钟前, 昨天 12:03, 11月3日 12:03. Unix milliseconds. */
export function relativeTime(at: number, now: number): string {
  const age = now - at
  if (Math.abs(age) < 45 * second) return t('time.just_now')
  if (age > 0 && age < hour) return t('time.minutes_ago', { n: Math.max(1, Math.round(age / minute)) })
  const days = dayNumber(now) - dayNumber(at)
  if (days === 0) return age > 0 ? t('time.hours_ago', { n: Math.floor(age / hour) }) : clockTime(at)
  if (days === 1) return t('time.yesterday', { time: clockTime(at) })
  if (days === -1) return t('time.tomorrow', { time: clockTime(at) })
  const sameYear = exactTime(at).slice(0, 4) === exactTime(now).slice(0, 4)
  return `${dateText(at, { year: sameYear ? undefined : 'numeric', month: 'short', day: 'numeric' })} ${clockTime(at)}`
}

/** A length of time in its two largest parts: 3 分 20 秒, 2 小时 5 分, 1 天 3 小时. Milliseconds, the sign is dropped. */
export function duration(length: number): string {
  const total = Math.abs(length)
  const parts: [string, number][] = [
    ['days', Math.floor(total / day)],
    ['hours', Math.floor((total % day) / hour)],
    ['minutes', Math.floor((total % hour) / minute)],
    ['seconds', Math.floor((total % minute) / second)],
  ]
  const first = parts.findIndex(([, n]) => n > 0)
  if (first < 0) return t('time.seconds', { n: 0 })
  return parts
    .slice(first, first + 2)
    .filter(([, n], i) => i === 0 || n > 0)
    .map(([unit, n]) => t(`time.${unit}`, { n }))
    .join(' ')
}

/** What is left until a limit, or by how much it is over. */
export function remaining(due: number, now: number): { text: string; overdue: boolean } {
  const overdue = now > due
  return { text: t(overdue ? 'time.overdue' : 'time.left', { time: duration(due - now) }), overdue }
}
