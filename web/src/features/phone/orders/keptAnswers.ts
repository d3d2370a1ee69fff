import type { Incident, Offer } from '@/incident/types'
import type { Answers } from '@/ui/action-form'
import { isLocal } from '../outbox/item'

/** What was typed into forms that are not sent yet; it outlives closing the form, a lost session, and the next page. */
const kept = new Map<string, Answers>()
const keyOf = (incident: Incident, offer: Offer) => [incident.id, offer.do, offer.order].join('/')

/** A photo of a form that was closed is not there any more, only its words are. */
const words = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => !(Array.isArray(value) && value.some((id) => typeof id === 'string' && isLocal(id)))))

export function useKeptAnswers() {
  return {
    answersOf: (incident: Incident, offer: Offer): Answers => kept.get(keyOf(incident, offer)) ?? {},
    keep: (incident: Incident, offer: Offer, answers: Answers) => void kept.set(keyOf(incident, offer), words(answers)),
    drop: (incident: Incident, offer: Offer) => void kept.delete(keyOf(incident, offer)),
  }
}
