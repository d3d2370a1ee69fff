import { useQuery } from '@tanstack/vue-query'
import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, call } from '@/api/client'

/** Somebody else who has an incident open. */
export interface Present {
  id: string
  name: string
  since: number
  typing: boolean
}

/** The server forgets whoever has not said so for a minute. */
const every = 20_000
/** Whoever wrote so recently is writing. */
const writes = 30_000

/**
 * Says that this person has an incident open, and who else has. `typed` is called with each key. It is said again when
 * writing begins; leaving is told at once, and what cannot be told is forgotten by itself.
 */
export function usePresence(id: Ref<string>) {
  const others = shallowRef<Present[]>([])
  let typedAt = 0
  let told = false
  let timer: ReturnType<typeof setInterval> | undefined
  const typing = () => Date.now() - typedAt < writes

  async function stay(): Promise<void> {
    const mine = id.value
    // A page that nobody looks at does not have it open.
    if (document.visibilityState === 'hidden') return
    told = typing()
    const body = { typing: told }
    const answer = await call(api.POST('/api/v1/incidents/{id}/presence', { params: { path: { id: mine } }, body })).catch(() => undefined)
    if (answer && mine === id.value) others.value = answer.others
  }
  function leave(left: string): void {
    void call(api.DELETE('/api/v1/incidents/{id}/presence', { params: { path: { id: left } } })).catch(() => undefined)
  }

  watch(
    id,
    (_now, before) => {
      if (before) leave(before)
      others.value = []
      typedAt = 0
      clearInterval(timer)
      timer = setInterval(() => void stay(), every)
      void stay()
    },
    { immediate: true },
  )
  const looked = () => void stay()
  document.addEventListener('visibilitychange', looked)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', looked)
    leave(id.value)
  })

  function typed(): void {
    typedAt = Date.now()
    if (!told) void stay()
  }
  return { others, typed }
}

const rowsEvery = 10_000

/** Who else has which incident open, for the rows of a list. It announces nobody. */
export function useAround() {
  return useQuery({
    queryKey: ['presence'],
    queryFn: () => call(api.GET('/api/v1/presence')),
    select: (found) => found.items,
    refetchInterval: rowsEvery,
  })
}

/** Says in a word who else has a row open: 唐知微 在看. */
export function usePresenceOf() {
  const { t } = useI18n()
  const { data } = useAround()
  const said = computed(() => {
    const texts = new Map<string, string>()
    for (const { incident, name, typing } of data.value ?? []) {
      if (typing || !texts.has(incident)) texts.set(incident, t(typing ? 'presence.typing' : 'presence.open', { name }))
    }
    return texts
  })
  return (id: string) => said.value.get(id) ?? ''
}
