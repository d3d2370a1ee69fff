import { expect, it } from 'vitest'
import { anIncident, anOrder } from '@/incident/testing'
import { markSeen, unanswered } from './help'

const call = (id: string, received_at: number, part = {}) => anIncident({ id, received_at, ...part })

it('calls until somebody opens it, here or at another desk, or takes the order', () => {
  const calls = [call('c', 30), call('a', 10), call('b', 20), call('d', 40, { orders: [anOrder({ state: 'accepted' })] })]
  expect(unanswered(calls, new Set()).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(unanswered(calls, new Set(['a'])).map(({ id }) => id)).toEqual(['b', 'c'])
  markSeen('b')
  expect(unanswered(calls, new Set(['a'])).map(({ id }) => id)).toEqual(['c'])
})
