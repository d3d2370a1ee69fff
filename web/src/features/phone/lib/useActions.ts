import { ref, shallowRef } from 'vue'
import { ApiError, type FieldError } from '@/api/error'
import { t } from '@/i18n'
import { errorText } from '@/i18n/errors'
import { useKnow } from '@/incident/api'
import { conflictOf, type Conflict } from '@/incident/conflict'
import type { Incident, Offer } from '@/incident/types'
import { useWho } from './who'
import type { Answers } from '@/ui/action-form'
import { say, sayError } from '@/ui/toasts'
import { actItem } from '../outbox/deeds'
import type { KeptFile } from '../outbox/item'
import { useOutbox } from '../outbox/useOutbox'

/** Takes offered actions through the outbox: at once with network, later without. */
export function useActions(done: (incident: Incident) => void = () => undefined) {
  const { box } = useOutbox()
  const { id } = useWho()
  const know = useKnow()
  const busy = ref('')
  const errors = ref<FieldError[]>()
  const conflict = shallowRef<Conflict>()

  /** Gives false when it was refused: what was typed is to stay. */
  async function take(incident: Incident, offer: Offer, answers: Answers = {}, files: Record<string, KeptFile> = {}): Promise<boolean> {
    if (busy.value || !id.value) return false
    busy.value = incident.id
    errors.value = conflict.value = undefined
    try {
      const outcome = await box.submit(actItem(id.value, incident, offer, answers, files))
      if (outcome.state === 'refused') return refused(outcome.error, incident, offer)
      if (outcome.state === 'sent') {
        const after = outcome.answer as Incident
        know(after)
        done(after)
      }
      say(t(outcome.state === 'sent' ? 'phone.done' : 'phone.kept', { what: t(`action.${offer.do}`) }))
      return true
    } catch (error) {
      sayError(errorText(error))
      return false
    } finally {
      busy.value = ''
    }
  }

  function refused(error: ApiError, incident: Incident, offer: Offer): false {
    conflict.value = conflictOf(error, incident, offer)
    if (conflict.value) {
      know(conflict.value.current)
      done(conflict.value.current)
    }
    if (error.fields.length > 0) errors.value = error.fields
    else sayError(errorText(error))
    return false
  }
  return { take, busy, errors, conflict }
}
