import { ref, shallowRef, watch, type Ref } from 'vue'
import { t } from '@/i18n'
import { ApiError, type FieldError } from '@/api/error'
import { newIntent } from '@/api/intent'
import type { Answers } from '@/ui/action-form'
import { offerUndo, say } from '@/ui/toasts'
import { act } from './api'
import { actionBody, conflictOf, type Conflict } from './conflict'
import { holderOf } from './next'
import type { Incident, Offer } from './types'

interface Attempt {
  answers: Answers
  intent: string
}

/** What was typed into forms that are not sent yet, by incident and action; it outlives closing the form. */
const attempts = new Map<string, Attempt>()
const attemptKey = (incident: Incident, offer: Offer) => [incident.id, offer.do, offer.order].join('/')

function attemptOf(incident: Incident, offer: Offer): Attempt {
  const key = attemptKey(incident, offer)
  const attempt = attempts.get(key) ?? { answers: {}, intent: newIntent() }
  attempts.set(key, attempt)
  return attempt
}

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
    Object.assign(attemptOf(incident.value, form.value), { answers, intent: newIntent() })
  }
  const kept = () => (incident.value && form.value ? attemptOf(incident.value, form.value).answers : {})

  async function send(offer: Offer, answers: Answers = {}): Promise<void> {
    const before = incident.value
    if (!before || busy.value) return
    busy.value = true
    failure.value = errors.value = conflict.value = undefined
    const { intent } = attemptOf(before, offer)
    try {
      const after = await act(before.id, offer.do, actionBody(answers, offer, before), intent)
      attempts.delete(attemptKey(before, offer))
      form.value = undefined
      tell(offer, after)
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
      attemptOf(before, offer).intent = newIntent()
      done(late.current)
    } else if (error instanceof ApiError && error.fields.length > 0 && form.value) {
      errors.value = error.fields
    } else {
      failure.value = error
    }
  }

  function tell(offer: Offer, after: Incident): void {
    const order = after.orders.at(-1)
    const back = after.actions.find((next) => next.do === 'withdraw_order' && next.order === order?.id)
    if (offer.do !== 'dispatch' || !order || !back) return void say(t('desk.done', { what: t(`action.${offer.do}`) }))
    offerUndo(t('desk.sent_to', { number: after.number, to: holderOf(order) }), async () => done(await act(after.id, back.do, { order: order.id }, newIntent())))
  }

  return { form, busy, errors, failure, conflict, clear, keep, kept, send }
}
