import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useToday } from './api'
import { filtersOf, queryOf, usual, type FigureFilters } from './filters'
import { daysOf } from './period'

/** The filters of this page; the address holds them. */
export function useFilters() {
  const route = useRoute()
  const router = useRouter()
  const { today, error, refetch } = useToday()
  const filters = computed(() => filtersOf(route.query))
  const days = computed(() => (today.value ? daysOf(filters.value.period, today.value, filters.value) : undefined))
  const change = (part: Partial<FigureFilters>) => void router.replace({ query: queryOf({ ...filters.value, ...part }) })
  const reset = () => void router.replace({ query: queryOf({ ...usual(), by: filters.value.by }) })
  return { filters, days, today, error, refetch, change, reset }
}
