import { computed, ref, shallowRef, type Ref } from 'vue'
import { stored } from '@/ui/stored'

/** What is being drawn, with what it was before and after, kept in this browser under `key` until it is done. */
export function useHistory<T>(key: string, start: T) {
  const name = `draft.${key}`
  const past = ref<T[]>([]) as Ref<T[]>
  const coming = ref<T[]>([]) as Ref<T[]>
  const value = shallowRef<T>(read(name) ?? start)
  /** True when something was drawn before the page was opened again. */
  const restored = ref(stored.get(name) !== null)

  function keep(next: T): void {
    value.value = next
    stored.set(name, JSON.stringify(next))
  }
  /** Takes a step; with `same`, what follows the last step closely is one with it, as the pixels of a drag are. */
  function set(next: T, same = false): void {
    if (!same) past.value = [...past.value.slice(-199), value.value]
    coming.value = []
    keep(next)
  }
  function undo(): void {
    const before = past.value.at(-1)
    if (before === undefined) return
    past.value = past.value.slice(0, -1)
    coming.value = [...coming.value, value.value]
    keep(before)
  }
  function redo(): void {
    const after = coming.value.at(-1)
    if (after === undefined) return
    coming.value = coming.value.slice(0, -1)
    past.value = [...past.value, value.value]
    keep(after)
  }
  function clear(): void {
    past.value = []
    coming.value = []
    value.value = start
    restored.value = false
    stored.remove(name)
  }
  return { value, set, undo, redo, clear, restored, canUndo: computed(() => past.value.length > 0), canRedo: computed(() => coming.value.length > 0) }
}

function read<T>(name: string): T | undefined {
  try {
    return (JSON.parse(stored.get(name) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}
