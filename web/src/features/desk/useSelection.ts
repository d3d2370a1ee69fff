import { computed, ref, watch, type Ref } from 'vue'
import { rowBeside, type Queue } from './queue'

/** The rows chosen for doing something with several at once. What left the list is no longer chosen. */
export function useSelection(queue: Ref<Queue>) {
  const ids = ref(new Set<string>())
  const rows = computed(() => queue.value.rows.filter((row) => ids.value.has(row.incident.id)))

  watch(queue, (now) => {
    const there = new Set(now.rows.map((row) => row.incident.id))
    if ([...ids.value].some((id) => !there.has(id))) ids.value = new Set([...ids.value].filter((id) => there.has(id)))
  })

  function toggle(id: string | undefined, on?: boolean): void {
    if (!id) return
    const now = new Set(ids.value)
    if (on ?? !now.has(id)) now.add(id)
    else now.delete(id)
    ids.value = now
  }

  /** Chooses the row in hand and the one beside it, and gives that one's id. */
  function extend(from: string | undefined, by: 1 | -1): string | undefined {
    const to = rowBeside(queue.value, from, by)
    toggle(from, true)
    toggle(to, true)
    return to
  }

  const all = () => void (ids.value = new Set(queue.value.rows.filter((row) => !row.left).map((row) => row.incident.id)))
  const none = () => void (ids.value = new Set())
  return { ids, rows, toggle, extend, all, none }
}
