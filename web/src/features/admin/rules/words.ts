import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { language, t } from '@/i18n'
import { listCategories, treeRows } from '../categories/categories'
import { listKinds } from '../areas/areas'
import { readAll } from '../shared/paged'
import { listUnits, specialityName } from '../units/units'
import type { Words } from './rules'

/** Everything that rules refer to, by name and as choices. */
export function useRuleWords() {
  const categories = useQuery({ queryKey: ['categories', 'all'], queryFn: listCategories })
  const kinds = useQuery({ queryKey: ['area-kinds'], queryFn: listKinds })
  const units = useQuery({
    queryKey: ['units', 'choices'],
    queryFn: () => readAll((cursor) => listUnits({ q: '', kind: '', open: 'true', sort: 'name' }, cursor)),
  })

  const english = () => language() === 'en'
  const words: Words = {
    t: (key, values) => t(key, values ?? {}),
    category: (code) => {
      const found = categories.data.value?.find((one) => one.code === code)
      return (english() ? found?.name_en : found?.name) ?? code
    },
    areaKind: (code) => {
      const found = kinds.data.value?.find((one) => one.code === code)
      return (english() ? found?.name_en : found?.name_zh) ?? code
    },
    unit: (id) => units.data.value?.find((unit) => unit.id === id)?.name ?? t('rules.a_unit'),
    speciality: specialityName,
  }

  const categoryOptions = computed(() =>
    treeRows(categories.data.value ?? []).map(({ category, depth }) => ({
      value: category.code,
      label: '　'.repeat(depth) + words.category(category.code),
    })),
  )
  const kindOptions = computed(() => (kinds.data.value ?? []).filter((kind) => kind.code).map((kind) => ({ value: kind.code, label: words.areaKind(kind.code) })))
  const unitOptions = computed(() => (units.data.value ?? []).map((unit) => ({ value: unit.id, label: unit.name })))
  const specialities = computed(() =>
    [...new Set((units.data.value ?? []).map((unit) => unit.speciality).filter(Boolean))].sort().map((code) => ({ value: code, label: specialityName(code) })),
  )
  return { words, categoryOptions, kindOptions, unitOptions, specialities }
}
