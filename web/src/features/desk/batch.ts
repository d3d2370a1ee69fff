import { ApiError } from '@/api/error'
import { newIntent } from '@/api/intent'
import { proposed } from '@/incident/next'
import type { Incident } from '@/incident/types'

/** What can be done with several at once: nothing that needs words for each. */
export const batchActions = ['dispatch', 'accept'] as const
export type BatchAction = (typeof batchActions)[number]

export type Progress = 'waiting' | 'running' | 'done' | 'failed'

/** One incident of a batch and what became of it. Its own intent makes that it is done once, however often it is tried. */
export interface BatchItem {
  incident: Incident
  intent: string
  progress: Progress
  error?: unknown
}

/** What will be done, and what is left out and why. */
export interface Plan {
  items: BatchItem[]
  skipped: { incident: Incident; why: 'no_proposal' | 'not_offered' }[]
}

/** Looks at each incident as the server offers it: a batch knows no rule of its own. */
export function planOf(incidents: Incident[], action: BatchAction): Plan {
  const plan: Plan = { items: [], skipped: [] }
  for (const incident of incidents) {
    if (!incident.actions.some((offer) => offer.do === action)) plan.skipped.push({ incident, why: 'not_offered' })
    else if (action === 'dispatch' && !incident.proposal) plan.skipped.push({ incident, why: 'no_proposal' })
    else plan.items.push({ incident, intent: newIntent(), progress: 'waiting' })
  }
  return plan
}

/** How many units a dispatch goes to. */
export const unitsOf = (items: BatchItem[]) => new Set(items.map(({ incident }) => proposed(incident))).size

/** What is sent for one: the dispatch names the unit that the preview showed, whatever the rules say by then. */
export function bodyOf({ incident }: BatchItem, action: BatchAction): Record<string, unknown> {
  const { proposal, version } = incident
  if (action !== 'dispatch' || !proposal) return { version }
  const person = proposal.person ? { person: proposal.person.id } : {}
  return { unit: proposal.unit.id, ...person, ...(proposal.pool ? { pool: true } : {}), version }
}

type Act = (id: string, action: BatchAction, body: Record<string, unknown>, intent: string) => Promise<Incident>

/** Carries out a batch of the duty desk. See runEach. */
export const runBatch = (items: BatchItem[], action: BatchAction, act: Act, stopped: () => boolean): Promise<void> =>
  runEach(items, (item) => act(item.incident.id, action, bodyOf(item, action), item.intent), stopped)

/**
 * Carries out what waits or failed, one after the other; a refusal stops nothing. Items change in place. `stopped` is
 * asked before each, so that a person can stop.
 */
export async function runEach(items: BatchItem[], send: (item: BatchItem) => Promise<Incident>, stopped: () => boolean): Promise<void> {
  for (const item of items) {
    if (item.progress === 'done') continue
    if (stopped()) return
    item.progress = 'running'
    item.error = undefined
    try {
      item.incident = await send(item)
      item.progress = 'done'
    } catch (error) {
      item.error = error
      item.progress = 'failed'
      refresh(item, error)
    }
  }
}

/** Somebody was faster: a further try is about the incident as it is now, and so another request. */
function refresh(item: BatchItem, error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 409) return
  item.intent = newIntent()
  const now = error.current as Incident | undefined
  if (now && typeof now === 'object' && 'version' in now) item.incident = now
}

/** What failed and is still offered: trying the rest again would fail for certain. */
export const retriable = (items: BatchItem[], action: string) =>
  items.filter((item) => item.progress === 'failed' && item.incident.actions.some((offer) => offer.do === action))

/** The orders that a batch of dispatches made and that can be taken back. */
export function withdrawals(items: BatchItem[]): { id: string; order: string }[] {
  return items.flatMap(({ incident, progress }) => {
    const order = incident.orders.at(-1)
    const offered = order && incident.actions.some((offer) => offer.do === 'withdraw_order' && offer.order === order.id)
    return progress === 'done' && offered ? { id: incident.id, order: order.id } : []
  })
}
