/** Days from the first to the last, both included, as 2026-11-22. */
export interface Days {
  from: string
  to: string
}

/** The usual periods; `days` is any other, by its first and last day. */
export const periods = ['today', 'week', 'month', 'last_month', 'days'] as const
export type Period = (typeof periods)[number]

const dayMs = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const text = (ms: number) => new Date(ms).toISOString().slice(0, 10)

export const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at(day))
export const plusDays = (day: string, n: number) => text(at(day) + n * dayMs)
/** How many days a period has. */
export const lengthOf = ({ from, to }: Days) => Math.round((at(to) - at(from)) / dayMs) + 1

/** Which days a period means, seen from the office's today. A period of its own that is not filled in yet is today. */
export function daysOf(period: Period, today: string, own: Days): Days {
  switch (period) {
    case 'today':
      return { from: today, to: today }
    case 'week':
      return { from: plusDays(today, -6), to: today }
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today }
    case 'last_month': {
      const to = plusDays(`${today.slice(0, 8)}01`, -1)
      return { from: `${to.slice(0, 8)}01`, to }
    }
    default:
      return { from: isDay(own.from) ? own.from : today, to: isDay(own.to) ? own.to : today }
  }
}

/** The days of a row that stands for a day, a week by its Monday or a month, within a period. */
export function daysOfRow(by: 'day' | 'week' | 'month', key: string, within: Days): Days {
  let to = key
  if (by === 'week') to = plusDays(key, 6)
  if (by === 'month') {
    const [year = 0, month = 1] = key.split('-').map(Number)
    to = text(Date.UTC(year, month, 0))
  }
  const from = by === 'month' ? `${key}-01` : key
  return { from: from < within.from ? within.from : from, to: to > within.to ? within.to : to }
}

/** The days of a trend: those of the period, of a short one the two weeks up to its end. */
export const trendDays = (days: Days): Days => (lengthOf(days) < 14 ? { from: plusDays(days.to, -13), to: days.to } : days)

/** What one point of a trend stands for, so that a long one stays a line. */
export const trendBy = (days: Days) => (lengthOf(days) <= 92 ? 'day' : lengthOf(days) <= 731 ? 'week' : 'month')
