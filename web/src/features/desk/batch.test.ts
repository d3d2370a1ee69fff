import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/error'
import { anIncident, anOffer, anOrder } from '@/incident/testing'
import type { Incident } from '@/incident/types'
import { planOf, retriable, runBatch, unitsOf, withdrawals } from './batch'

const to = (unit: string) => ({ unit: { id: unit, name: unit }, pool: false, reason: { code: 'rule.station' } })
const ready = (id: string, unit: string, part: Partial<Incident> = {}) =>
  anIncident({ id, version: 2, actions: [anOffer('dispatch'), anOffer('accept')], proposal: to(unit), ...part })
const sent = (id: string) =>
  anIncident({ id, version: 3, orders: [anOrder({ id: `o-${id}` })], actions: [anOffer('withdraw_order', { order: `o-${id}` })] })
const never = () => false

describe('a batch', () => {
  it('takes what the server offers and says why it leaves out the rest', () => {
    const plan = planOf([ready('a', 'u1'), ready('b', 'u1'), anIncident({ id: 'c' }), ready('d', 'u1', { proposal: undefined })], 'dispatch')
    expect(plan.items.map((item) => item.incident.id)).toEqual(['a', 'b'])
    expect(plan.skipped.map(({ incident, why }) => [incident.id, why])).toEqual([['c', 'not_offered'], ['d', 'no_proposal']])
    expect(unitsOf(plan.items)).toBe(1)
    expect(new Set(plan.items.map((item) => item.intent)).size).toBe(2)
  })

  it('sends each to the unit that was shown, under its own key, and goes on after a refusal', async () => {
    const { items } = planOf([ready('a', 'u1'), ready('b', 'u2'), ready('c', 'u3')], 'dispatch')
    const act = vi.fn(async (id: string) => {
      if (id === 'b') throw new ApiError(409, 'action.state', [], {}, '', anIncident({ id: 'b', version: 9, actions: [] }))
      return sent(id)
    })
    await runBatch(items, 'dispatch', act, never)
    expect(act.mock.calls.map((call) => call.slice(0, 3))).toEqual([
      ['a', 'dispatch', { unit: 'u1', version: 2 }],
      ['b', 'dispatch', { unit: 'u2', version: 2 }],
      ['c', 'dispatch', { unit: 'u3', version: 2 }],
    ])
    expect(items.map((item) => item.progress)).toEqual(['done', 'failed', 'done'])
    expect(retriable(items, 'dispatch')).toEqual([])
    expect(withdrawals(items)).toEqual([{ id: 'a', order: 'o-a' }, { id: 'c', order: 'o-c' }])
  })

  it('repeats a lost request under the same key and leaves what is done alone', async () => {
    const { items } = planOf([ready('a', 'u1'), ready('b', 'u2')], 'dispatch')
    const act = vi.fn().mockResolvedValueOnce(sent('a')).mockRejectedValueOnce(new ApiError(0, 'network')).mockResolvedValueOnce(sent('b'))
    await runBatch(items, 'dispatch', act, never)
    expect(retriable(items, 'dispatch')).toHaveLength(1)
    await runBatch(items, 'dispatch', act, never)
    expect(act).toHaveBeenCalledTimes(3)
    expect(act.mock.calls[2]?.[3]).toBe(act.mock.calls[1]?.[3])
  })

  it('stops when it is told to', async () => {
    const { items } = planOf([ready('a', 'u1'), ready('b', 'u2')], 'accept')
    let stopped = false
    await runBatch(items, 'accept', async (id) => ((stopped = true), sent(id)), () => stopped)
    expect(items.map((item) => item.progress)).toEqual(['done', 'waiting'])
  })
})
