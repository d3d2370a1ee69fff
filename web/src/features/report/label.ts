import { useI18n } from 'vue-i18n'

/** Names measures and KPIs as the pages of the figures do; what is counted of orders has names of its own. */
export function useLabels(): (code: string) => string {
  const { t, te } = useI18n()
  return (code) => {
    // A KPI whose measure has the same name.
    if (code.endsWith('_rate')) return t(`kpi.name.${code.slice(0, -'_rate'.length)}`)
    return t([`kpi.measure.${code}`, `kpi.name.${code}`].find((key) => te(key)) ?? `report.figure.${code}`)
  }
}
