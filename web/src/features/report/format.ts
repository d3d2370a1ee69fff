import { i18n } from '@/i18n'
import type { Figure } from './api'

const t = (key: string, values: Record<string, unknown> = {}) => i18n.global.t(key, values)

export const count = (n: number) => n.toLocaleString('en-US')

/** A rate with two decimals, as centres publish it. */
export const share = (value: number | null | undefined) => (value === null || value === undefined ? t('report.none') : `${(value * 100).toFixed(2)} %`)

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** How long something took, in its two largest units. */
export function span(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return t('report.none')
  const seconds = Math.round(ms / 1000)
  const at = Math.max(units.findIndex(([, size]) => seconds >= size), 0)
  const first = seconds < 1 ? units.length - 1 : at
  const [name, size] = units[first] ?? units[3]
  const next = units[first + 1]
  const rest = next ? Math.floor((seconds % size) / next[1]) : 0
  const head = t(`report.span.${name}`, { n: Math.floor(seconds / size) })
  return next && rest > 0 ? `${head} ${t(`report.span.${next[0]}`, { n: rest })}` : head
}

/** A figure in its unit; null is “none”. */
export function inUnit(unit: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return t('report.none')
  if (unit === 'share') return share(value)
  return unit === 'ms' ? span(value) : count(Math.round(value))
}

export interface Change {
  text: string
  tone: 'better' | 'worse' | 'plain'
}

/** How a figure stands to an earlier one: rates in points, numbers in percent. */
export function change(figure: Figure, earlier: number | null): Change {
  if (figure.value === null || earlier === null) return { text: t('report.none'), tone: 'plain' }
  const d = figure.value - earlier
  const sign = d > 0 ? '+' : ''
  const up = figure.better === 'less' ? -d : d
  const tone = !figure.better || d === 0 ? 'plain' : up > 0 ? 'better' : 'worse'
  if (figure.unit === 'share') return { text: t('report.points', { n: sign + (d * 100).toFixed(2) }), tone }
  if (d === 0) return { text: t('report.same'), tone: 'plain' }
  return { text: earlier === 0 ? sign + count(d) : `${sign}${((d / earlier) * 100).toFixed(1)} %`, tone }
}

/** The first and last day as words. */
export const period = (from: string, to: string) => (from === to ? from : t('report.from_to', { from, to }))
