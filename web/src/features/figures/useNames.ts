import { computed, type Ref } from 'vue'
import { useFigures } from './api'
import type { FigureFilters } from './filters'
import type { Days } from './period'

/** What the unit and the person in the filters are called, as the figures of those days name them. */
export function useNames(filters: Ref<FigureFilters>, days: Ref<Days | undefined>) {
  const nameOf = (by: 'unit' | 'person') => {
    const key = computed(() => filters.value[by])
    const { data } = useFigures(computed(() => (key.value && days.value ? { by, [by]: key.value, ...days.value, area: filters.value.area || undefined, kpis: ['closing'] } : undefined)))
    return computed(() => data.value?.rows.find((row) => row.key === key.value)?.name || undefined)
  }
  const [unit, person] = [nameOf('unit'), nameOf('person')]
  return computed(() => ({ unit: unit.value, person: person.value }))
}
