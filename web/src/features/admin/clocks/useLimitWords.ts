import { useQueries, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { language, t } from '@/i18n'
import { readArea } from '../areas/areas'
import { listCategories, treeRows } from '../categories/categories'
import type { Limit } from '../shared/wire'
import type { LimitWords } from './limits'

/** Everything that limits refer to, by name and as choices. */
export function useLimitWords(limits: Ref<Limit[]>) {
  const categories = useQuery({ queryKey: ['categories', 'all'], queryFn: listCategories })
  const ids = computed(() => [...new Set(limits.value.map((limit) => limit.area).filter(Boolean))])
  const areas = useQueries({ queries: computed(() => ids.value.map((id) => ({ queryKey: ['area', 'name', id], queryFn: async () => (await readArea(id)).name, staleTime: 600_000 }))) })
  const areaNames = computed(() => new Map(ids.value.map((id, i) => [id, areas.value[i]?.data])))

  const words = computed<LimitWords>(() => ({
    t: (key, values) => t(key, values ?? {}),
    category: (code) => {
      const known = categories.data.value?.find((one) => one.code === code)
      return (language() === 'en' ? known?.name_en : known?.name) ?? code
    },
    area: (id) => areaNames.value.get(id) ?? t('limits.an_area'),
  }))
  const categoryOptions = computed(() =>
    treeRows(categories.data.value ?? []).map(({ category, depth }) => ({ value: category.code, label: '　'.repeat(depth) + words.value.category(category.code) })),
  )
  return { words, categoryOptions }
}

/** What `useLimitWords` gives. */
export type LimitChoices = ReturnType<typeof useLimitWords>
