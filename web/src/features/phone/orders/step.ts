import { nextStep } from '@/incident/next'
import type { Incident, Offer } from '@/incident/types'
import type { Answers } from '@/ui/action-form'
import type { Fix } from '../lib/position'

/** An old position says where the phone was. */
const freshMs = 60_000

/** Where the phone is, as an action takes it; nothing while that is not known well enough. */
export function placeAnswers(fix: Fix | undefined, now = Date.now()): Answers | undefined {
  if (!fix || now - fix.at > freshMs) return undefined
  return { lon: fix.lon, lat: fix.lat, datum: 'wgs84' }
}

/** The next action, and what one touch can send with it; without answers its form has to be opened. */
export function oneTouch(incident: Incident, fix: Fix | undefined): { offer: Offer; answers?: Answers } | undefined {
  const { offer } = nextStep(incident)
  if (!offer) return undefined
  if (offer.asks.length === 0) return { offer, answers: {} }
  return offer.do === 'arrive' ? { offer, answers: placeAnswers(fix) } : { offer }
}
