import { nextStep } from './next'
import type { Incident, Offer } from './types'

/** An offered action with the key that takes it. */
export interface Keyed {
  offer: Offer
  key?: string
  /** Sent at once without a form. */
  direct: boolean
  /** Where it is drawn when not beside the others. */
  group?: Group
}

/** `notice` answers something that waits and stands with it; `time` and `command` have a menu each. */
export type Group = 'notice' | 'time' | 'command'

const groups: Record<Group, string[]> = {
  notice: ['approve_extension', 'refuse_extension', 'approve_suspension', 'refuse_suspension', 'resume', 'respond', 'decide'],
  time: ['extend', 'suspend', 'defer'],
  command: ['remind', 'supervise', 'escalate', 'send_down', 'whistle', 'study'],
}

const groupOf = (offer: Offer): Group | undefined => (['notice', 'time', 'command'] as const).find((group) => groups[group].includes(offer.do))

/** Keys of what is done often and stands in a group; the first offer of its name has it. */
const letters: Record<string, string> = {
  approve_extension: 'Y', approve_suspension: 'Y', extend: 'E', suspend: 'T', resume: 'T', remind: 'C', supervise: 'S', escalate: 'U',
}

/** Quieter actions in the order in which they are wanted; what cannot be taken back comes last. */
const rank = [
  'dispatch', 'accept', 'verify', 'report_in', 'arrive', 'handle', 'detail', 'note', 'answer', 'place', 'add_unit', 'transfer', 'mark', 'hand_over', 'follow_up',
  ...groups.notice, ...groups.time, ...groups.command, 'rework', 'return_order', 'withdraw_order', 'unmerge', 'reopen', 'merge', 'reject', 'void',
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
 * The primary action and the quieter ones, each with its key: D for the dispatch, letters for what stands in a group,
 * digits for the others in the order shown. A dispatch that sends the proposal is followed by one that chooses another unit.
 */
export function keyedOffers(incident: Incident): { primary?: Keyed; others: Keyed[] } {
  const first = nextStep(incident).offer
  const unplaced = incident.flags.includes('unplaced')
  const order = (offer: Offer) => (unplaced && offer.do === 'place' ? -1 : rankOf(offer))
  const rest = incident.actions.filter((offer) => offer !== first).sort((a, b) => order(a) - order(b))
  let digit = 0
  const taken = new Set<string>()
  const grouped = (offer: Offer, group: Group): Keyed => {
    const letter = letters[offer.do]
    const key = letter && !taken.has(letter) ? letter : undefined
    if (key) taken.add(key)
    return { offer, direct: isDirect(offer, incident), key, group }
  }
  const keyed = (offer: Offer, direct = isDirect(offer, incident)): Keyed => {
    const group = groupOf(offer)
    if (group && offer !== first) return grouped(offer, group)
    const key = offer.do === 'dispatch' && (direct || !incident.proposal) ? 'D' : ++digit <= 9 ? String(digit) : undefined
    return { offer, direct, key }
  }
  const withOther = (offer: Offer) => (sendsProposal(offer, incident) ? [keyed(offer), keyed(offer, false)] : [keyed(offer)])
  const [primary, ...more] = first ? withOther(first) : []
  return { primary, others: [...more, ...rest.flatMap(withOther)] }
}

/** A menu: the offers of a group, or several orders to withdraw. */
interface Menu {
  group: Exclude<Group, 'notice'> | 'withdraw'
  offers: Keyed[]
}

/** Those of a group, in their order; without one those that stand beside each other. One alone needs no menu. */
export function partOffers(others: readonly Keyed[]): { notice: Keyed[]; plain: Keyed[]; menus: Menu[] } {
  const of = (group: Group) => others.filter((keyed) => keyed.group === group)
  const menus: Menu[] = [
    { group: 'time', offers: of('time') },
    { group: 'command', offers: of('command') },
    { group: 'withdraw', offers: others.filter(({ offer }) => offer.do === 'withdraw_order') },
  ]
  const several = menus.filter(({ offers }) => offers.length > 1)
  const hidden = new Set(several.flatMap(({ offers }) => offers))
  return {
    notice: of('notice'),
    plain: others.filter((keyed) => keyed.group !== 'notice' && !hidden.has(keyed)),
    menus: several,
  }
}

/** The keys that offers can have. */
export const offerKeys = ['D', '1', '2', '3', '4', '5', '6', '7', '8', '9', ...new Set(Object.values(letters))]

const sendsProposal = (offer: Offer, incident: Incident) => offer.do === 'dispatch' && incident.proposal !== undefined

/** Tells two offers of the same incident apart. */
export const sameOffer = (a: Offer, b: Offer) => a.do === b.do && a.order === b.order
