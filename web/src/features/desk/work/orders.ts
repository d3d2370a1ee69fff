import { byUrgencyAndDistance } from '@/incident/nearness'
import type { Incident, Order } from '@/incident/types'
import type { Position } from '@/map/useMap'
import { byDue, type Queue } from '../queue'

/** The lists of a unit: what waits for me, what is in the own hands, what may be claimed, all of the unit, and replies to look over. */
export const lists = ['todo', 'mine', 'pool', 'unit', 'approval'] as const
export type List = (typeof lists)[number]
export const listOf = (name: string): List => lists.find((one) => one === name) ?? 'todo'

/** In which order the rows stand. */
export const sorts = ['urgency', 'due', 'newest', 'oldest'] as const
export type Sort = (typeof sorts)[number]
export const sortOf = (name: string): Sort => sorts.find((one) => one === name) ?? 'urgency'

/** The rows in another order; the most pressing first means: urgent, severe, near, long waiting. */
export function sorted(queue: Queue, sort: Sort, here: Position | undefined): Queue {
  if (sort === 'newest') return queue
  if (sort === 'due') return { ...queue, rows: [...queue.rows].sort((a, b) => byDue(a.incident, b.incident)) }
  if (sort === 'oldest') return { ...queue, rows: [...queue.rows].reverse() }
  const at = new Map(byUrgencyAndDistance(queue.rows.map((row) => row.incident), here).map((incident, n) => [incident.id, n]))
  return { ...queue, rows: [...queue.rows].sort((a, b) => at.get(a.incident.id)! - at.get(b.incident.id)!) }
}

/** What can be done with several orders at once. `handle` takes words, the others none. */
export const together = ['claim', 'accept_order', 'handle', 'submit_reply', 'approve_reply'] as const
export type Together = (typeof together)[number]

/** The order through which this action is offered; none when the server does not offer it. */
export const offered = (incident: Incident, action: string) => incident.actions.find((offer) => offer.do === action)

/** Which of these actions are offered for at least one of the incidents, with for how many. */
export function common(incidents: readonly Incident[]): { action: Together; n: number }[] {
  return together.map((action) => ({ action, n: incidents.filter((one) => offered(one, action)).length })).filter(({ n }) => n > 0)
}

/** The order to print: the one in hand, else the newest. */
export function orderToPrint(incident: Incident, id?: string): Order | undefined {
  const open = (order: Order) => !['returned', 'withdrawn'].includes(order.state)
  return incident.orders.find((order) => order.id === id) ?? incident.orders.findLast(open) ?? incident.orders.at(-1)
}

/** Most sheets of one print. */
export const mostSheets = 100
export const printAddress = (ids: readonly string[]) => `/desk/print?${ids.slice(0, mostSheets).map((id) => `incident=${encodeURIComponent(id)}`).join('&')}`
