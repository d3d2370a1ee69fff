import { ref, shallowRef } from 'vue'
import { useQueryClient } from '@tanstack/vue-query'
import { api, call as ask } from '@/api/client'
import { ApiError } from '@/api/error'
import { intentHeader, newIntent } from '@/api/intent'
import { act, keys, useCategories } from '@/incident/api'
import { detailFields } from '@/incident/details'
import { callBody, type Call } from './callDraft'
import type { Incident } from '@/incident/types'

/** Reports a call, and sends it at once where the officer took the proposed unit. The draft stays until it is reported. */
export function useReporting(draft: Call, clear: () => void) {
  const client = useQueryClient()
  const { data: categories } = useCategories()
  const busy = ref(false)
  const error = shallowRef<unknown>()
  const reported = shallowRef<Incident>()
  /** Why the dispatch that followed the report failed; the report itself stands. */
  const undispatched = shallowRef<unknown>()

  async function report(): Promise<void> {
    if (busy.value) return
    busy.value = true
    error.value = undispatched.value = undefined
    try {
      const params = { header: intentHeader(draft.intent) }
      let incident = (await ask(api.POST('/api/v1/incidents', { params, body: callBody(draft, detailFields(categories.value, draft.category)) }))) as Incident
      const { unit, unitProposed } = draft
      clear()
      if (unit) incident = await dispatch(incident, unitProposed ? undefined : unit)
      client.setQueryData(keys.incident(incident.id), incident)
      void client.invalidateQueries({ queryKey: keys.counts })
      reported.value = incident
    } catch (why) {
      // The words were changed after an attempt whose answer was lost: this is another report now.
      if (why instanceof ApiError && why.code === 'request.key_reused') draft.intent = newIntent()
      error.value = why
    }
    busy.value = false
  }

  async function dispatch(incident: Incident, unit: string | undefined): Promise<Incident> {
    // A rule may have sent it already, in the report's own transaction.
    if (!incident.actions.some((offer) => offer.do === 'dispatch')) return incident
    // Without a unit the server sends its proposal.
    const body = incident.proposal && (!unit || incident.proposal.unit.id === unit) ? {} : { unit }
    try {
      return await act(incident.id, 'dispatch', { ...body, version: incident.version }, newIntent())
    } catch (why) {
      undispatched.value = why
      return incident
    }
  }

  return { report, busy, error, reported, undispatched }
}
