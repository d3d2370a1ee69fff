import { language } from '@/i18n'
import { clockTime } from '@/ui/time'

/** The first moment of the day so many days after the one in which `at` lies, by the clock on the wall. */
export function dayStart(at: number, days = 0): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}

/** The Monday of the week in which `at` lies. */
export const weekStart = (at: number) => dayStart(at, -((new Date(at).getDay() + 6) % 7))

/** The beginnings of the seven days from `first` on. */
export const daysFrom = (first: number, count = 7) => Array.from({ length: count }, (_, n) => dayStart(first, n))

/** A day as an input of dates writes it, 2026-03-02. */
export function dayName(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

/** A moment by its day and time of day, 11月22日 08:00; a roster is read by hours and not by how long ago. */
export const dayClock = (at: number) => `${new Intl.DateTimeFormat(language(), { month: 'short', day: 'numeric' }).format(at)} ${clockTime(at)}`

/** A moment from a day and a time of day, `2026-03-02` and `22:00`; undefined for anything else. */
export function momentOf(on: string, time: string): number | undefined {
  const at = new Date(`${on}T${time}`).getTime()
  return Number.isFinite(at) ? at : undefined
}

/** When a shift of a day ends that begins at `from`: a time of day that is not later belongs to the next morning. */
export function endOf(on: string, from: string, to: string): number | undefined {
  const end = momentOf(on, to)
  return end === undefined || to > from ? end : dayStart(end, 1) + (end - dayStart(end))
}

/** What begins on the day, in order. */
export const onDay = <T extends { from: number }>(items: readonly T[], start: number) =>
  items.filter(({ from }) => from >= start && from < dayStart(start, 1)).sort((a, b) => a.from - b.from)
