import { useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose } from 'vue'
import { live } from '@/api/live'
import { keys } from './api'
import type { Incident } from './types'

/** Reads again what is shown when it changed; what the server has just told is not asked for again. */
export function useLiveReads(): void {
  const client = useQueryClient()
  let timer: ReturnType<typeof setTimeout> | undefined
  const countSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void client.invalidateQueries({ queryKey: keys.counts })
    }, 800)
  }
  const stop = live.listen((event) => {
    countSoon()
    if (event.kind === 'reset') {
      for (const kind of ['incident', 'timeline', 'map']) void client.invalidateQueries({ queryKey: [kind] })
      return
    }
    if (!event.incident) return
    const known = client.getQueryData<Incident>(keys.incident(event.incident))
    if (event.kind !== 'gone' && known && event.version !== undefined && known.version >= event.version) return
    void client.invalidateQueries({ queryKey: keys.incident(event.incident) })
    void client.invalidateQueries({ queryKey: keys.timeline(event.incident) })
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
