import { useSession } from '@/features/session/session'
import { preferenceStore } from '@/incident/preferences'
import { t } from '@/i18n'
import type { Explanation } from '@/ui/explain'
import { usePreference } from '@/ui/preference'
import { computed } from 'vue'
import { useDefinitions, type KPI, type Row } from './api'
import { madeOf, type Unit } from './value'

/** A column of the table. `id` is also the server's word for sorting by it. */
export interface Column {
  id: string
  kind: 'measure' | 'kpi'
  code: string
  unit: Unit
  better?: 'more' | 'less'
}

/** The five figures that matter first. */
export const mainKPIs = ['dispatch_in_time', 'arrive_in_time', 'handling_in_time', 'closing_in_time', 'satisfaction'] as const

/** What is shown until somebody chooses. */
export const usualColumns = ['received', 'closed', 'overdue', ...mainKPIs.map((code) => `kpi.${code}`), 'kpi.time_close']

const kpiColumn = (kpi: KPI): Column => ({ id: `kpi.${kpi.code}`, kind: 'kpi', code: kpi.code, unit: kpi.unit, better: kpi.better })

/** More or less of these is good or bad by itself; of the others it is not. */
const worse = ['overdue', 'returned', 'reworked', 'extended']

/** All columns there are, those of this account's choice, and how to choose; the choice is kept with the account. */
export function useColumns() {
  const { account } = useSession()
  const { data } = useDefinitions()
  const { value: kept } = usePreference(account.value?.id ?? '', 'figures', () => ({ columns: [] as string[] }), preferenceStore)
  const all = computed<Column[]>(() => [
    ...(data.value?.measures ?? [])
      .filter((measure) => measure.unit === 'count' && !measure.day)
      .map(({ name }): Column => ({ id: name, kind: 'measure', code: name, unit: 'count', better: worse.includes(name) ? 'less' : undefined })),
    ...(data.value?.kpis ?? []).map(kpiColumn),
  ])
  const wanted = computed(() => (kept.columns.length ? kept.columns : usualColumns))
  const shown = computed(() => all.value.filter((column) => wanted.value.includes(column.id)))
  function toggle(id: string): void {
    const next = wanted.value.includes(id) ? wanted.value.filter((one) => one !== id) : [...wanted.value, id]
    if (next.length) kept.columns = next
  }
  const reset = () => (kept.columns = [])
  return { all, shown, toggle, reset }
}

export const nameOf = (column: Pick<Column, 'kind' | 'code'>) => t(column.kind === 'kpi' ? `kpi.name.${column.code}` : `kpi.measure.${column.code}`)

/** What built tables call a column: a rate that shares its name with a number has a name of its own there. */
export const tableCode = ({ kind, code }: Column, all: Column[]) => (kind === 'kpi' && all.some((one) => one.kind === 'measure' && one.code === code) ? `${code}_rate` : code)

/** What a column says when one asks; a KPI with how it came about in a row. */
export function explanationOf(column: Pick<Column, 'kind' | 'code' | 'unit'>, row?: Row): Explanation {
  const name = nameOf(column)
  if (column.kind === 'measure') return { name, what: t(`kpi.counts.${column.code}`) }
  const value = row?.kpis[column.code]
  const made = column.unit === 'ms' ? madeOf({ unit: 'ms' }, value) : undefined
  return { name, what: t(`kpi.what.${column.code}`), formula: t(`kpi.formula.${column.code}`), share: value, made }
}
