import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, watch } from 'vue'
import { api, call } from '@/api/client'
import { live } from '@/api/live'
import { useSession } from '@/features/session/session'
import { acknowledge } from '@/incident/receipts'
import type { Incident } from '@/incident/types'
import { partWork } from './work'

export const workKey = ['phone', 'work'] as const
/** Nobody carries more than this in their hands; the pool shows its newest. */
const most = 100

async function readWork(account: string): Promise<Incident[]> {
  const [mine, todo] = await Promise.all([
    call(api.GET('/api/v1/incidents', { params: { query: { person: account, limit: most } } })),
    call(api.GET('/api/v1/incidents', { params: { query: { queue: 'todo', limit: most } } })),
  ])
  const all = [...(mine.items ?? []), ...(todo.items ?? [])] as Incident[]
  void acknowledge(all, account)
  return all
}

/** What waits for whoever is signed in, kept up to date as it changes. */
export function useWork() {
  const client = useQueryClient()
  const { account } = useSession()
  const may = computed(() => account.value?.permissions.includes('incident.read') ?? false)
  const query = useQuery({
    queryKey: computed(() => [...workKey, account.value?.id]),
    queryFn: () => readWork(account.value?.id ?? ''),
    enabled: may,
    staleTime: 30_000,
  })
  const refresh = () => void client.invalidateQueries({ queryKey: workKey })
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () =>
    (timer ??= setTimeout(() => {
      timer = undefined
      refresh()
    }, 500))
  let stop: (() => void) | undefined
  watch(
    may,
    (now) => {
      stop?.()
      stop = now ? live.listen(soon) : undefined
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    stop?.()
    clearTimeout(timer)
  })
  const work = computed(() => partWork(query.data.value ?? [], account.value?.id ?? ''))
  return { ...query, work, refresh }
}

/** Reads again what the pages of the phone show, after something was sent that had waited. */
export function useWorkAgain() {
  const client = useQueryClient()
  return () => {
    for (const key of [workKey, ['phone', 'area'], ['incident'], ['timeline']]) void client.invalidateQueries({ queryKey: key })
  }
}
