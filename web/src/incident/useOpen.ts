import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router'

export const one = (value: LocationQueryValue | LocationQueryValue[] | undefined) => (Array.isArray(value) ? value[0] : value) ?? ''

/** The incident that is open, kept in the address, so that a reload, a link and the back button find it. */
export function useOpen() {
  const route = useRoute()
  const router = useRouter()
  const open = computed(() => one(route.query.open) || undefined)

  /** Opens one incident, or none. Stepping through a list replaces the address instead of filling the history. */
  function show(id: string | undefined, replace = false): void {
    if (id === open.value) return
    const to = { query: { ...route.query, open: id } }
    void (replace ? router.replace(to) : router.push(to))
  }
  return { open, show }
}
