import { flushPromises } from '@vue/test-utils'
import { effectScope, ref } from 'vue'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/error'
import { withMessages } from '@/testing/messages'
import { dismiss, toasts } from '@/ui/toasts'
import { anIncident, anOffer, anOrder } from './testing'
import type { Incident } from './types'
import { useActing } from './useActing'

const act = vi.hoisted(() => vi.fn())
const readIncident = vi.hoisted(() => vi.fn())
const listeners = vi.hoisted(() => new Set<(event: object) => void>())
vi.mock('./api', () => ({ act, readIncident }))
vi.mock('@/api/live', () => ({
  live: { listen: (callback: (event: object) => void) => (listeners.add(callback), () => listeners.delete(callback)) },
}))
beforeAll(withMessages)
beforeEach(() => void act.mockReset())
afterEach(() => {
  for (const toast of [...toasts]) dismiss(toast.id)
})

const dispatch = anOffer('dispatch')
const note = anOffer('note', { asks: [{ name: 'text', type: 'text', required: true }] })
let last = 0

function acting(part: Partial<Incident> = {}) {
  const incident = ref<Incident | undefined>(anIncident({ id: `i${++last}`, version: 3, ...part }))
  const done = vi.fn((after: Incident) => (incident.value = after))
  const scope = effectScope()
  const used = scope.run(() => useActing(incident, done))
  if (!used) throw new Error('no scope')
  return { incident, done, ...used }
}

it('sends the proposal and offers to take it back by withdrawing the new order', async () => {
  const { incident, send, done } = acting()
  const order = anOrder({ id: 'o9' })
  const after = anIncident({ id: incident.value?.id, version: 4, orders: [order], actions: [anOffer('withdraw_order', { order: 'o9' })] })
  act.mockResolvedValueOnce(after).mockResolvedValueOnce(anIncident({ version: 5 }))
  await send(dispatch)
  expect(act.mock.calls[0]?.slice(1, 3)).toEqual(['dispatch', { version: 3 }])
  await toasts[0]?.undo?.()
  expect(act.mock.calls[1]?.slice(1, 3)).toEqual(['withdraw_order', { order: 'o9' }])
  expect(done).toHaveBeenCalledTimes(2)
})

it('takes the way back away when somebody else was there first', async () => {
  const { incident, send } = acting()
  const id = incident.value?.id
  const order = anOrder({ id: 'o9' })
  act.mockResolvedValueOnce(anIncident({ id, version: 4, orders: [order], actions: [anOffer('withdraw_order', { order: 'o9' })] }))
  await send(dispatch)
  expect(toasts).toHaveLength(1)
  readIncident.mockResolvedValue(anIncident({ id, version: 5, orders: [{ ...order, state: 'returned' }] }))
  for (const tell of listeners) tell({ kind: 'order.changed', incident: id, version: 5 })
  await flushPromises()
  expect(toasts).toHaveLength(0)
  expect(listeners.size).toBe(0)
})

it('offers to send a withdrawn order again to whom it had gone', async () => {
  const order = anOrder({ id: 'o9', unit: { id: 'u7', name: '松风站' } })
  const { incident, send } = acting({ orders: [order] })
  const withdraw = anOffer('withdraw_order', { order: 'o9' })
  act.mockResolvedValueOnce(anIncident({ id: incident.value?.id, version: 4, actions: [dispatch], orders: [{ ...order, state: 'withdrawn' }] }))
  act.mockResolvedValueOnce(anIncident({ version: 5 }))
  await send(withdraw, { reason: '派错了' })
  await toasts[0]?.undo?.()
  expect(act.mock.calls[1]?.slice(1, 3)).toEqual(['dispatch', { unit: 'u7' }])
})

it('offers no way back where the server offers none', async () => {
  const { send } = acting()
  act.mockResolvedValue(anIncident({ orders: [anOrder()] }))
  await send(dispatch)
  expect(toasts[0]?.undo).toBeUndefined()
})

it('keeps what was typed and the form when somebody was faster, and shows what is now', async () => {
  const { incident, form, keep, kept, send, conflict, done } = acting()
  const current = anIncident({ id: incident.value?.id, version: 4, actions: [note] })
  form.value = note
  keep({ text: '注意安全' })
  act.mockRejectedValue(new ApiError(409, 'incident.stale', [], {}, '', current))
  await send(note, { text: '注意安全' })
  await flushPromises()
  expect(conflict.value).toMatchObject({ offer: { do: 'note' }, seen: 1 })
  expect(done).toHaveBeenCalledWith(current)
  expect(form.value).toBe(note)
  expect(kept()).toEqual({ text: '注意安全' })
})

it('shows the errors of fields in the form, and keeps the form', async () => {
  const { form, send, errors, failure } = acting()
  form.value = note
  act.mockRejectedValue(new ApiError(422, 'invalid', [{ field: 'text', code: 'field.too_long' }]))
  await send(note, { text: 'x' })
  expect(errors.value).toEqual([{ field: 'text', code: 'field.too_long' }])
  expect(failure.value).toBeUndefined()
  expect(form.value).toBe(note)
})

it('repeats a lost request under the same intent, and takes other words for another wish', async () => {
  const { form, keep, send } = acting()
  form.value = note
  keep({ text: '一' })
  act.mockRejectedValue(new ApiError(0, 'network'))
  await send(note, { text: '一' })
  await send(note, { text: '一' })
  keep({ text: '二' })
  await send(note, { text: '二' })
  const [first, again, other] = act.mock.calls.map((call) => call[3] as string)
  expect(again).toBe(first)
  expect(other).not.toBe(first)
})
