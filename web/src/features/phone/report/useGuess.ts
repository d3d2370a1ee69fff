import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { api, call } from '@/api/client'
import { language } from '@/i18n'
import { useCategories } from '@/incident/api'
import { categoryName } from '@/incident/category'
import type { ReportDraft } from './draft'
import { usualCategories } from './recent'

const pause = 400
const atMost = 6

/** The categories worth a touch: the one that the words suggest, what this person usually meets, then the first ones. */
export function useGuess(draft: ReportDraft, account: Ref<string>) {
  const { data: categories } = useCategories()
  const guessed = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => draft.text,
    (text) => {
      clearTimeout(timer)
      if (!text.trim()) return void (guessed.value = '')
      timer = setTimeout(() => {
        call(api.POST('/api/v1/incidents/propose', { body: { text, channel: 'patrol' } }))
          .then(({ category }) => (guessed.value = category?.code ?? ''))
          // Without network there is no guess, and the person chooses.
          .catch(() => undefined)
      }, pause)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  const leaves = computed(() => {
    const groups = new Set((categories.value ?? []).map(({ parent }) => parent))
    return (categories.value ?? []).filter(({ code }) => !groups.has(code))
  })
  const chips = computed(() => {
    const wanted = [draft.category, guessed.value, ...usualCategories(account.value), ...leaves.value.map(({ code }) => code)]
    const known = new Map(leaves.value.map((category) => [category.code, category]))
    const codes = [...new Set(wanted)].filter((code) => known.has(code)).slice(0, atMost)
    return codes.map((code) => ({ code, name: nameOf(code), guessed: code === guessed.value }))
  })
  function nameOf(code: string): string {
    const category = leaves.value.find((one) => one.code === code)
    return category && language() ? categoryName(category) : ''
  }
  return { chips, categories, nameOf, guessed }
}
