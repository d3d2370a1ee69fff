import { ref, shallowRef, watch, type Ref } from 'vue'
import { t } from '@/i18n'
import { ApiError, type FieldError } from '@/api/error'
import { newIntent } from '@/api/intent'
import type { Answers } from '@/ui/action-form'
import { say } from '@/ui/toasts'
import { act } from './api'
import { attemptOf, dropAttempt, keepAttempt } from './attempts'
import { actionBody, conflictOf, type Conflict } from './conflict'
import type { Incident, Offer } from './types'
import { offerUnmerge } from './merging'
import { offerToSendAgain, offerWithdrawal } from './undo'

/** Taking the offered actions of one incident: forms, refusals, being too late, and taking a dispatch back. */
export function useActing(incident: Ref<Incident | undefined>, done: (incident: Incident) => void) {
  const form = shallowRef<Offer>()
  const busy = ref(false)
  const errors = ref<FieldError[]>()
  const failure = shallowRef<unknown>()
  const conflict = shallowRef<Conflict & { offer?: Offer; asked: Offer }>()

  function clear(): void {
    form.value = conflict.value = failure.value = errors.value = undefined
  }
  watch(() => incident.value?.id, clear)

  function keep(answers: Answers): void {
    if (!incident.value || !form.value) return
    // Other words are another wish; sending the same ones again is not.
    keepAttempt({ ...attemptOf(incident.value.id, form.value), answers, intent: newIntent() })
  }
  const kept = () => (incident.value && form.value ? attemptOf(incident.value.id, form.value).answers : {})

  async function send(offer: Offer, answers: Answers = {}): Promise<void> {
    const before = incident.value
    if (!before || busy.value) return
    busy.value = true
    failure.value = errors.value = conflict.value = undefined
    const attempt = attemptOf(before.id, offer)
    keepAttempt(attempt)
    try {
      const after = await act(before.id, offer.do, actionBody(answers, offer, before), attempt.intent)
      dropAttempt(before.id, offer)
      form.value = undefined
      tell(offer, before, after)
      done(after)
    } catch (error) {
      refused(error, before, offer)
    } finally {
      busy.value = false
    }
  }

  function refused(error: unknown, before: Incident, offer: Offer): void {
    const late = conflictOf(error, before, offer)
    if (late) {
      conflict.value = { ...late, asked: offer }
      renew(before, offer)
      done(late.current)
    } else if (error instanceof ApiError && error.fields.length > 0 && form.value) {
      errors.value = error.fields
    } else {
      // The incident changed under an attempt whose answer was lost: what is sent now is another request.
      if (error instanceof ApiError && error.code === 'request.key_reused') renew(before, offer)
      failure.value = error
    }
  }
  const renew = (before: Incident, offer: Offer) => keepAttempt({ ...attemptOf(before.id, offer), intent: newIntent() })

  function tell(offer: Offer, before: Incident, after: Incident): void {
    if (offer.do === 'dispatch' && offerWithdrawal(after, done)) return
    if (offer.do === 'merge' && offerUnmerge(after, done)) return
    if (offer.do === 'withdraw_order' && offerToSendAgain(before, after, offer.order, done)) return
    say(t('desk.done', { what: t(`action.${offer.do}`) }))
  }

  return { form, busy, errors, failure, conflict, clear, keep, kept, send }
}
