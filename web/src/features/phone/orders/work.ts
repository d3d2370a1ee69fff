import type { Incident } from '@/incident/types'

const inHand = ['sent', 'accepted', 'arrived']

const offers = (incident: Incident, action: string) => incident.actions.some((offer) => offer.do === action)
/** Tells whether somebody holds an order of it that is not done yet. */
const holds = (incident: Incident, account: string) =>
  incident.orders.some((order) => order.person?.id === account && inHand.includes(order.state))

export interface Work {
  /** What I hold, or what my unit was sent and waits for me. */
  mine: Incident[]
  /** What anybody of my unit may claim. */
  pool: Incident[]
  /** Whatever else waits for me: to check, to send on. */
  other: Incident[]
}

/** Parts what waits for a person by what it is to them. Each incident stands once. */
export function partWork(incidents: readonly Incident[], account: string): Work {
  const work: Work = { mine: [], pool: [], other: [] }
  for (const incident of new Map(incidents.map((one) => [one.id, one])).values()) {
    if (holds(incident, account) || offers(incident, 'accept_order')) work.mine.push(incident)
    else if (offers(incident, 'claim')) work.pool.push(incident)
    else if (incident.actions.length > 0) work.other.push(incident)
  }
  return work
}
