import { t } from '@/i18n'
import type { Row } from './api'
import { nameOf, type Column } from './columns'
import { figureOf, type Unit } from './value'

/** A cell that no spreadsheet takes for a formula. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A figure as a number to reckon with: shares in percent, times in minutes; what there is nothing to measure stays empty. */
function plain(unit: Unit, value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null
  if (unit === 'share') return Math.round(value * 10_000) / 100
  return unit === 'ms' ? Math.round(value / 600) / 100 : value
}

const headOf = (column: Column) => nameOf(column) + (column.unit === 'share' ? ' (%)' : column.unit === 'ms' ? ` (${t('figures.minutes')})` : '')

interface Sheet {
  about: string[]
  head: string
  columns: Column[]
  rows: { name: string; row: Row }[]
  compared: boolean
}

/** The table as it stands, with what it is of above it. Begins with the mark by which spreadsheets know the encoding. */
export function csvOf({ about, head, columns, rows, compared }: Sheet): string {
  const heads = columns.flatMap((column) => (compared ? [headOf(column), t('figures.before_of', { name: headOf(column) })] : [headOf(column)]))
  const line = ({ name, row }: Sheet['rows'][number]) => [
    name,
    ...columns.flatMap((column) => [plain(column.unit, figureOf(row, column)), ...(compared ? [plain(column.unit, figureOf(row.before, column))] : [])]),
  ]
  const lines = [...about.map((words) => [words]), [head, ...heads], ...rows.map(line)]
  return `\uFEFF${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Hands a text to the person as a file. */
export function give(text: string, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  // The browser has taken it over by the next turn; until then the address must hold.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
