import { picturesOf } from '@/incident/entry'
import type { Entry, Incident } from '@/incident/types'

export type Span = 'week' | 'month'

/** The beginning of this week (Monday) or of the last thirty days, as the office's calendar has it. */
export function since(span: Span, now: Date): number {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  day.setDate(day.getDate() - (span === 'week' ? (day.getDay() + 6) % 7 : 30))
  return day.getTime()
}

/** What was handled since then, the latest first, and of that what nobody reviewed yet. */
export function handledSince(incidents: readonly Incident[], from: number, open: boolean): Incident[] {
  return incidents
    .filter((incident) => (incident.times.handled_at ?? incident.times.closed_at ?? 0) >= from && (!open || !incident.review))
    .sort((a, b) => (b.times.handled_at ?? 0) - (a.times.handled_at ?? 0))
}

/** The pictures of before the work and after it. What the report showed counts as before. */
export function beforeAndAfter(entries: readonly Entry[]): { before: string[]; after: string[] } {
  const named = (entry: Entry, name: string) => (Array.isArray(entry.body[name]) ? (entry.body[name] as string[]) : [])
  const before = entries.flatMap((entry) => (entry.do === 'report' || entry.do === 'resident_add' ? picturesOf(entry) : named(entry, 'before')))
  const work = entries.filter((entry) => ['handle', 'self_handle', 'submit_reply'].includes(entry.do))
  const after = work.flatMap((entry) => {
    const shown = named(entry, 'after')
    return shown.length ? shown : picturesOf(entry).filter((id) => !before.includes(id))
  })
  return { before: [...new Set(before)], after: [...new Set(after)] }
}

/** How it stands as a whole. It counts matters, and ranks nobody. */
export function figures(incidents: readonly Incident[], from: number): { handled: number; reviewed: number; reworked: number; average?: number } {
  const list = handledSince(incidents, from, false)
  const ratings = list.flatMap(({ review }) => review?.rating ?? [])
  return {
    handled: list.length,
    reviewed: ratings.length,
    reworked: list.filter(({ flags }) => flags.includes('reworked')).length,
    average: ratings.length ? Math.round((ratings.reduce((sum, one) => sum + one, 0) / ratings.length) * 10) / 10 : undefined,
  }
}
