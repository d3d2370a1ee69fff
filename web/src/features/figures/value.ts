import { t } from '@/i18n'
import { countText, shareText } from '@/ui/figures'
import { duration } from '@/ui/time'
import type { KPI, Row, Value } from './api'

export type Unit = 'count' | 'share' | 'ms'

/** A figure as it is read; where there was nothing to measure it is “none”, neither 0 nor 100 %. */
export function valueText(unit: Unit, value: number | null | undefined): string {
  if (value === null || value === undefined) return t('kpi.none')
  if (unit === 'share') return shareText(value) ?? t('kpi.none')
  return unit === 'ms' ? duration(value) : countText(value)
}

export interface Change {
  arrow: '↑' | '↓' | '→'
  text: string
  tone: 'better' | 'worse' | 'plain'
}

/** As it is shown: shares to a hundredth of a percent, times to the second. */
const shown = (unit: Unit, value: number) => (unit === 'share' ? Math.round(value * 10_000) : unit === 'ms' ? Math.round(value / 1000) * 1000 : value)

/** How a figure stands to an earlier one, by an arrow and in words. Nothing where there is no figure now. */
export function changeOf(unit: Unit, better: 'more' | 'less' | undefined, now: number | null | undefined, before: number | null | undefined): Change | undefined {
  if (now === null || now === undefined) return
  if (before === null || before === undefined) return { arrow: '→', text: t('figures.change.nothing'), tone: 'plain' }
  const by = shown(unit, now) - shown(unit, before)
  if (by === 0) return { arrow: '→', text: t('figures.change.same'), tone: 'plain' }
  const way = by > 0 ? 'up' : 'down'
  const n = unit === 'share' ? (Math.abs(by) / 100).toFixed(2) : unit === 'ms' ? duration(by) : countText(Math.abs(by))
  const good = better && (by > 0) === (better === 'more')
  return { arrow: by > 0 ? '↑' : '↓', text: t(`figures.change.${unit}.${way}`, { n }), tone: better ? (good ? 'better' : 'worse') : 'plain' }
}

/** How a time or a share came about, as a sentence of the explanation. */
export function madeOf(kpi: Pick<KPI, 'unit'>, value: Value | undefined): string | undefined {
  if (kpi.unit !== 'ms' || !value || value.value === null) return
  const average = t('figures.average_of', { n: countText(value.base), time: duration(value.value) })
  if (value.p50 === undefined || value.p90 === undefined) return average
  return average + t('figures.halves', { p50: duration(value.p50), p90: duration(value.p90) })
}

/** A figure that a row has: a measure, or a KPI. */
export function figureOf(row: Row | undefined, column: { kind: 'measure' | 'kpi'; code: string }): number | null | undefined {
  if (!row) return undefined
  return column.kind === 'measure' ? row.measures[column.code] : row.kpis[column.code]?.value
}
