import { nextStep } from './next'
import type { Incident, Offer } from './types'

/** An offered action with the key that takes it. */
export interface Keyed {
  offer: Offer
  key?: string
  /** Sent at once without a form. */
  direct: boolean
}

/** Quieter actions in the order in which they are wanted; what cannot be taken back comes last. */
const rank = [
  'dispatch', 'accept', 'verify', 'arrive', 'handle', 'detail', 'note', 'answer', 'place', 'add_unit', 'transfer', 'mark', 'hand_over', 'follow_up',
  'rework', 'return_order', 'withdraw_order', 'reopen', 'reject', 'void',
]

function rankOf(offer: Offer): number {
  const at = rank.indexOf(offer.do)
  return at < 0 ? rank.length : at
}

/** Actions that end the matter without any work; they are drawn as such. */
export const isGrave = (offer: Offer) => offer.do === 'reject' || offer.do === 'void'

/** Tells whether an action needs no form: it asks nothing, or it sends what the server proposes. */
export function isDirect(offer: Offer, incident: Incident): boolean {
  return offer.asks.length === 0 || offer.do === 'mark' || sendsProposal(offer, incident)
}

/**
 * The primary action and the quieter ones, each with its key: D for the dispatch, digits for the others in the order
 * shown. A dispatch that sends the proposal is followed by one that chooses another unit.
 */
export function keyedOffers(incident: Incident): { primary?: Keyed; others: Keyed[] } {
  const first = nextStep(incident).offer
  const unplaced = incident.flags.includes('unplaced')
  const order = (offer: Offer) => (unplaced && offer.do === 'place' ? -1 : rankOf(offer))
  const rest = incident.actions.filter((offer) => offer !== first).sort((a, b) => order(a) - order(b))
  let digit = 0
  const keyed = (offer: Offer, direct = isDirect(offer, incident)): Keyed => {
    const key = offer.do === 'dispatch' && (direct || !incident.proposal) ? 'D' : ++digit <= 9 ? String(digit) : undefined
    return { offer, direct, key }
  }
  const withOther = (offer: Offer) => (sendsProposal(offer, incident) ? [keyed(offer), keyed(offer, false)] : [keyed(offer)])
  const [primary, ...more] = first ? withOther(first) : []
  return { primary, others: [...more, ...rest.flatMap(withOther)] }
}

const sendsProposal = (offer: Offer, incident: Incident) => offer.do === 'dispatch' && incident.proposal !== undefined

/** Tells two offers of the same incident apart. */
export const sameOffer = (a: Offer, b: Offer) => a.do === b.do && a.order === b.order
