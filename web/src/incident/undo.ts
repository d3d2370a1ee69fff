import { t } from '@/i18n'
import { live } from '@/api/live'
import { newIntent } from '@/api/intent'
import { dismiss, offerUndo } from '@/ui/toasts'
import { act, readIncident } from './api'
import { holderOf } from './next'
import type { Incident } from './types'

type Done = (incident: Incident) => void

const withdrawal = (incident: Incident, order: string) => incident.actions.find((offer) => offer.do === 'withdraw_order' && offer.order === order)

/** Shows a way back only as long as it is one: when the incident changes and `open` says no, the toast goes. */
export function offerWhile(text: string, id: string, undo: () => Promise<unknown>, open: (now: Incident) => boolean, undoLabel?: string): void {
  const stop = live.listen((event) => {
    if (event.kind === 'gone' && event.incident === id) dismiss(toast)
    else if (event.incident === id) void look()
  })
  const toast = offerUndo(text, undo, { undoLabel, gone: stop })
  async function look(): Promise<void> {
    const now = await readIncident(id).catch(() => undefined)
    if (now && !open(now)) dismiss(toast)
  }
}

/** After a dispatch: takes the new order back. False where the server does not offer that. */
export function offerWithdrawal(after: Incident, done: Done): boolean {
  const order = after.orders.at(-1)
  if (!order || !withdrawal(after, order.id)) return false
  const undo = async () => done(await act(after.id, 'withdraw_order', { order: order.id }, newIntent()))
  const text = t('desk.sent_to', { number: after.number, to: holderOf(order) })
  offerWhile(text, after.id, undo, (now) => withdrawal(now, order.id) !== undefined)
  return true
}

/** After a withdrawal: sends it again to whom it had gone. */
export function offerToSendAgain(before: Incident, after: Incident, id: string | undefined, done: Done): boolean {
  const order = before.orders.find((candidate) => candidate.id === id)
  const again = (now: Incident) => now.actions.find((offer) => offer.do === (order?.role === 'assist' ? 'add_unit' : 'dispatch'))
  const offer = again(after)
  if (!order || !offer) return false
  const to = { unit: order.unit.id, ...(order.person ? { person: order.person.id } : {}) }
  const undo = async () => done(await act(after.id, offer.do, to, newIntent()))
  const text = t('desk.taken_back', { number: after.number, to: holderOf(order) })
  offerWhile(text, after.id, undo, (now) => again(now) !== undefined && now.orders.length === after.orders.length, t('desk.send_again'))
  return true
}
