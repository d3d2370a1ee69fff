import { onScopeDispose, ref } from 'vue'

/** Whether there is room for a table; on a phone a list is rows one below the other. */
export function useWide(least = '56rem') {
  const room = window.matchMedia(`(width > ${least})`)
  const wide = ref(room.matches)
  const look = () => (wide.value = room.matches)
  room.addEventListener('change', look)
  onScopeDispose(() => room.removeEventListener('change', look))
  return wide
}
