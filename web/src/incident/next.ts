import type { Incident, Offer, Order } from './types'

/** What happens next with an incident, and the one action that this person can take for it. */
export interface NextStep {
  /** Translation key under `desk.next`. */
  code: string
  params: Record<string, string>
  /** The action to offer large; none when others are at work. */
  offer?: Offer
  /** Since when it waits, unix ms; 0 when nothing waits. */
  since: number
}

/** The order that drives the incident: the lead order in hand, else the last lead order. */
export function leadOrder(incident: Incident): Order | undefined {
  const leads = incident.orders.filter((order) => order.role === 'lead')
  return leads.findLast((order) => !['returned', 'withdrawn'].includes(order.state)) ?? leads.at(-1)
}

/** Who has it now: a person in a unit, a unit, or nobody. */
export function holder(incident: Incident): string {
  const order = leadOrder(incident)
  if (!order || ['returned', 'withdrawn'].includes(order.state)) return ''
  return holderOf(order)
}

/** Who has an order: its unit, and the person once there is one. */
export const holderOf = (order: Order) => [order.unit.name, order.person?.name].filter(Boolean).join(' ')

/** What is best done first with what one has in hand oneself, by the state of the order. */
const ownSteps: Record<string, string[]> = {
  pooled: ['claim'],
  sent: ['report_in', 'accept_order'],
  accepted: ['report_in', 'arrive', 'handle'],
  arrived: ['handle'],
}

/** What is best done first with an incident that nobody has in hand. */
const steps: Record<string, string[]> = {
  reported: ['dispatch', 'accept', 'verify', 'self_handle'],
  verifying: ['dispatch', 'accept'],
  accepted: ['dispatch', 'self_handle'],
  checking: ['check_pass'],
  checked: ['close'],
  closed: ['follow_up'],
}

const since: Record<string, (incident: Incident) => number | undefined> = {
  reported: (incident) => incident.received_at,
  verifying: (incident) => incident.changed_at,
  accepted: (incident) => incident.times.accepted_at,
  checking: (incident) => incident.times.handled_at,
  checked: (incident) => incident.times.checked_at,
}

/** Chooses the next step from the state and from what the server offers this person, and from nothing else. */
export function nextStep(incident: Incident): NextStep {
  return incident.state === 'in_progress' ? underWay(incident) : waiting(incident)
}

function waiting(incident: Incident): NextStep {
  const { state } = incident
  const at = since[state]?.(incident) ?? 0
  const offered = (action: string) => incident.actions.find((offer) => offer.do === action)
  const place = offered('place')
  // Once the work is done, a place helps nobody to find it; an office without boundaries may never have one.
  const unsent = steps[state]?.includes('dispatch')
  if (unsent && incident.flags.includes('unplaced') && place) return { code: 'place', params: {}, offer: place, since: at }
  // It is only offered before any work where the matter can be answered without anybody going there.
  const answer = state === 'reported' || state === 'accepted' ? offered('close') : undefined
  if (answer) return { code: 'answer_now', params: {}, offer: answer, since: at }
  if (state === 'closed' && incident.satisfaction) return { code: 'done', params: {}, since: 0 }
  for (const action of steps[state] ?? []) {
    const offer = offered(action)
    if (offer) return { ...worded(incident, action), offer, since: at }
  }
  return { code: steps[state] ? `wait_${state}` : 'done', params: {}, since: at }
}

function worded(incident: Incident, action: string): Pick<NextStep, 'code' | 'params'> {
  if (action === 'dispatch' && incident.proposal) return { code: 'dispatch', params: { to: proposed(incident) } }
  if (action === 'dispatch') return { code: 'dispatch_choose', params: {} }
  return { code: action, params: { by: holder(incident) } }
}

/** Where the proposal would send it. */
export function proposed(incident: Incident): string {
  const proposal = incident.proposal
  return proposal ? [proposal.unit.name, proposal.person?.name].filter(Boolean).join(' ') : ''
}

function underWay(incident: Incident): NextStep {
  for (const order of [...incident.orders].sort((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead'))) {
    const todo = sentBack(order) ? ['handle'] : ownSteps[order.state]
    for (const action of todo ?? []) {
      const offer = incident.actions.find((candidate) => candidate.do === action && candidate.order === order.id)
      const code = sentBack(order) ? 'redo' : action
      if (offer) return { code, params: { unit: order.unit.name }, offer, since: stateSince(order) }
    }
  }
  const order = leadOrder(incident)
  if (!order) return { code: 'wait_in_progress', params: {}, since: incident.changed_at }
  const code = sentBack(order) ? 'wait_order_redo' : `wait_order_${order.state}`
  return { code, params: { who: holderOf(order) }, since: stateSince(order) }
}

/** True when the order was handled once and the check did not pass: it is in hand again. */
const sentBack = (order: Order) => order.state === 'accepted' && Boolean(order.handled_at)

function stateSince(order: Order): number {
  const times: Record<string, number | undefined> = { accepted: order.accepted_at, arrived: order.arrived_at, handled: order.handled_at }
  return times[order.state] ?? order.sent_at
}
