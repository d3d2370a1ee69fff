import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/error'
import { live } from '@/api/live'
import { listIncidents, readIncident, type ListQuery } from '@/incident/api'
import { appendPage, emptyQueue, markGone, mergeQueue, newestFirst, settleQueue, startQueue, updateRow, type Order } from './queue'
import type { Incident } from '@/incident/types'

const page = 50
const mostRows = 200
/** Changes come in bursts; one read answers for all of them. */
const pause = 600
/** Of rows that left, so many are read again to say what became of them. */
const readAgain = 8

/** One queue, live: what is shown stays where it is, what is new waits. */
export function useQueue(ask: Ref<ListQuery>, order: () => Order = () => newestFirst) {
  const queue = shallowRef(emptyQueue())
  const loading = ref(true)
  const error = ref<unknown>()
  const cursor = ref<string>()
  /** Answers to another question must not land in this list. */
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    error.value = undefined
    try {
      const found = await listIncidents({ ...ask.value, limit: page })
      if (mine !== asked) return
      queue.value = startQueue(found.items, order())
      cursor.value = found.next || undefined
    } catch (why) {
      if (mine === asked) error.value = why
    }
    if (mine === asked) loading.value = false
  }

  async function refresh(): Promise<void> {
    const mine = asked
    const limit = Math.min(mostRows, Math.max(page, queue.value.rows.length + 20))
    // A failed refresh leaves what is shown; the next change tries again.
    const found = await listIncidents({ ...ask.value, limit }).catch(() => undefined)
    if (!found || mine !== asked) return
    const before = new Set(queue.value.rows.filter((row) => row.left).map((row) => row.incident.id))
    queue.value = mergeQueue(queue.value, found.items, !found.next)
    const left = queue.value.rows.filter((row) => row.left === 'moved' && !before.has(row.incident.id))
    await Promise.all(left.slice(0, readAgain).map((row) => reread(row.incident.id)))
  }

  async function reread(id: string): Promise<void> {
    try {
      take(await readIncident(id))
    } catch (why) {
      if (why instanceof ApiError && why.status === 404) queue.value = markGone(queue.value, id)
    }
  }

  /** Shows a changed incident in its place, and asks soon whether it still belongs here. */
  function take(incident: Incident): void {
    queue.value = updateRow(queue.value, incident)
  }

  function refreshSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void refresh()
    }, pause)
  }

  async function more(): Promise<void> {
    if (!cursor.value) return
    const mine = asked
    try {
      const found = await listIncidents({ ...ask.value, limit: page, cursor: cursor.value })
      if (mine !== asked) return
      queue.value = appendPage(queue.value, found.items)
      cursor.value = found.next || undefined
    } catch (why) {
      error.value = why
    }
  }

  const stop = live.listen((event) => {
    if (event.kind === 'gone' && event.incident) queue.value = markGone(queue.value, event.incident)
    else refreshSoon()
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    asked++
  })
  watch(() => JSON.stringify(ask.value), () => void load(), { immediate: true })

  const settle = () => void (queue.value = settleQueue(queue.value))
  return { queue, loading, error, cursor, load, more, take, settle, refreshSoon }
}
