import { ApiError } from '@/api/error'
import type { Answers } from '@/ui/action-form'
import { sameOffer } from './offers'
import type { Entry, Incident, Offer } from './types'

/** What became of an action that came too late. */
export interface Conflict {
  /** The incident as it is now. */
  current: Incident
  /** The same action as it is offered now; absent when it no longer is. */
  offer?: Offer
  /** The last entry that the person had seen. */
  seen: number
}

const isIncident = (value: unknown): value is Incident =>
  value !== null && typeof value === 'object' && 'actions' in value && 'version' in value

/** Reads a refusal: a conflict when somebody was faster and the server said what is now, else nothing. */
export function conflictOf(error: unknown, before: Incident, offer: Offer): Conflict | undefined {
  if (!(error instanceof ApiError) || error.status !== 409 || !isIncident(error.current)) return undefined
  const current = error.current
  return { current, seen: before.entries, offer: current.actions.find((now) => sameOffer(now, offer)) }
}

/** What happened since the person looked, oldest first. */
export const meanwhile = (entries: Entry[], conflict: Conflict) => entries.filter((entry) => entry.seq > conflict.seen)

/** The body of an action: what was answered, which order, and the version that the person decided on. */
export function actionBody(answers: Answers, offer: Offer, incident: Incident): Answers {
  return { ...answers, ...(offer.order ? { order: offer.order } : {}), version: incident.version }
}
