import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { api, call as ask } from '@/api/client'
import { adviceBody, heard, type Call } from './callDraft'
import { namesIn, placeInText } from './placeInText'
import type { Advice, Like, Place } from '@/incident/types'

const pause = 350
/** Shorter numbers belong to too many. */
const shortestPhone = 7

/**
 * What is proposed while the officer writes: category and unit from the server, a place from the words or from what
 * the caller reported before, and reports that may be the same matter. Advice that fails is left out without a word.
 */
export function useAdvice(call: Call) {
  const suggestion = shallowRef<Advice>()
  const alike = shallowRef<Like[]>([])
  const place = shallowRef<Place>()
  const asking = ref(false)
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function advise(mine: number): Promise<void> {
    const body = adviceBody(call)
    const digits = call.phone.replace(/\D/g, '')
    const phone = digits.length >= shortestPhone ? call.phone.trim() : undefined
    const known = Boolean(body.text || body.lon !== undefined)
    const [proposed, found, named] = await Promise.all([
      known ? ask(api.POST('/api/v1/incidents/propose', { body })).catch(() => undefined) : undefined,
      known || phone ? ask(api.POST('/api/v1/incidents/similar', { body: similarBody(phone) })).catch(() => undefined) : undefined,
      placeInText(heard(call.text)),
    ])
    if (mine !== round) return
    asking.value = false
    suggestion.value = proposed as Advice | undefined
    alike.value = (found?.items ?? []) as Like[]
    // Who names a place means that one, even when it is not found.
    place.value = named ?? (namesIn(heard(call.text)).length ? undefined : placeOfCaller(alike.value))
  }

  function similarBody(phone: string | undefined) {
    const { text, lon, lat, datum } = { lon: undefined, lat: undefined, datum: undefined, ...adviceBody(call) }
    return { text, phone, lon, lat, datum }
  }

  watch(
    () => [call.text, call.category, call.severity, call.channel, call.lon, call.lat, call.phone],
    () => {
      const mine = ++round
      clearTimeout(timer)
      asking.value = true
      timer = setTimeout(() => void advise(mine), pause)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    round++
  })
  return { suggestion, alike, place, asking }
}

/** Who called before often calls from the same place. */
export function placeOfCaller(found: Like[]): Place | undefined {
  const before = found.find(({ caller, incident }) => caller && incident.lon !== null && incident.lat !== null)?.incident
  if (!before || before.lon === null || before.lat === null) return undefined
  return { name: before.address || before.area?.name || '', kind: 'earlier', lon: before.lon, lat: before.lat }
}
