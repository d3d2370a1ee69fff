import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/error'
import { actionBody, conflictOf, meanwhile } from './conflict'
import { anEntry, anIncident, anOffer } from './testing'

const late = (current: unknown, status = 409) => new ApiError(status, 'incident.stale', [], {}, '', current)
const seen = anIncident({ entries: 2, version: 3 })
const dispatch = anOffer('dispatch')

describe('a conflict', () => {
  it('says what is now, and whether the action still makes sense', () => {
    const still = anIncident({ version: 4, actions: [anOffer('note'), anOffer('dispatch')] })
    expect(conflictOf(late(still), seen, dispatch)).toMatchObject({ current: still, seen: 2, offer: { do: 'dispatch' } })
    const over = anIncident({ version: 4, state: 'in_progress', actions: [anOffer('note')] })
    expect(conflictOf(late(over), seen, dispatch)?.offer).toBeUndefined()
  })

  it('takes the same action on another order for another action', () => {
    const current = anIncident({ actions: [anOffer('handle', { order: 'o2' })] })
    expect(conflictOf(late(current), seen, anOffer('handle', { order: 'o1' }))?.offer).toBeUndefined()
  })

  it('is nothing else: other refusals keep their own words', () => {
    expect(conflictOf(late(undefined), seen, dispatch)).toBeUndefined()
    expect(conflictOf(late(seen, 422), seen, dispatch)).toBeUndefined()
    expect(conflictOf(new TypeError('x'), seen, dispatch)).toBeUndefined()
  })

  it('tells only what the person had not seen', () => {
    const conflict = { current: seen, seen: 2 }
    expect(meanwhile([anEntry({ seq: 2 }), anEntry({ seq: 3 })], conflict).map((entry) => entry.seq)).toEqual([3])
  })
})

describe('the body of an action', () => {
  it('carries the order and the version that was seen', () => {
    expect(actionBody({ text: '好' }, anOffer('handle', { order: 'o1' }), seen)).toEqual({ text: '好', order: 'o1', version: 3 })
    expect(actionBody({}, dispatch, seen)).toEqual({ version: 3 })
  })
})
