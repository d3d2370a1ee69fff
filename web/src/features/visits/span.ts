/** Spans over which visits are counted. */
export const spans = ['week', 'month', 'year'] as const
export type Span = (typeof spans)[number]

/** When a span begins: the Monday of this week, the first of this month or of this year, at midnight. */
export function beginning(span: Span, now: Date): number {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  if (span === 'week') day.setDate(day.getDate() - ((day.getDay() + 6) % 7))
  if (span === 'month') day.setDate(1)
  if (span === 'year') day.setMonth(0, 1)
  return day.getTime()
}
