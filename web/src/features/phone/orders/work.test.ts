import { describe, expect, it } from 'vitest'
import { anIncident, anOrder } from '@/incident/testing'
import { byUrgencyAndDistance } from '@/incident/nearness'
import type { Offer } from '@/incident/types'
import { oneTouch, placeAnswers } from './step'
import { partWork } from './work'

const offer = (action: string, more: Partial<Offer> = {}): Offer => ({ do: action, asks: [], ...more }) as Offer
const me = { id: 'me', name: '杜小蘅' }

describe('what waits for a person', () => {
  it('is parted by what it is to them, and stands once', () => {
    const held = anIncident({ id: 'i1', orders: [anOrder({ person: me, state: 'accepted' })], actions: [offer('handle')] })
    const sent = anIncident({ id: 'i2', orders: [anOrder({ person: null, state: 'sent' })], actions: [offer('accept_order')] })
    const pool = anIncident({ id: 'i3', orders: [anOrder({ person: null, state: 'pooled' })], actions: [offer('claim')] })
    const check = anIncident({ id: 'i4', actions: [offer('check_pass')] })
    const past = anIncident({ id: 'i5', orders: [anOrder({ person: me, state: 'handled' })], actions: [] })
    const work = partWork([held, sent, pool, check, past, held], 'me')
    expect([work.mine, work.pool, work.other].map((list) => list.map(({ id }) => id))).toEqual([['i1', 'i2'], ['i3'], ['i4']])
  })

  it('stands by urgency, then by distance, then by waiting', () => {
    const from = { lon: 104, lat: 30 }
    const at = (id: string, lon: number, more = {}) => anIncident({ id, lon, lat: 30, received_at: 1, flags: [], severity: 'general', ...more })
    const list = [at('far', 104.1), at('near', 104.001), at('urgent', 105, { flags: ['urgent'] }), at('fire', 104.2, { severity: 'emergency' }), at('old', 104.001, { received_at: 0 })]
    expect(byUrgencyAndDistance(list, from).map(({ id }) => id)).toEqual(['urgent', 'fire', 'old', 'near', 'far'])
    expect(byUrgencyAndDistance(list, undefined).map(({ id }) => id).slice(0, 3)).toEqual(['urgent', 'fire', 'old'])
  })
})

describe('the next step', () => {
  const fix = { lon: 104.0755, lat: 30.7, accuracy: 12, at: 1000 }
  const arriving = anIncident({
    state: 'in_progress', orders: [anOrder({ id: 'o1', state: 'accepted', person: me })], actions: [offer('arrive', { order: 'o1', asks: [{ name: 'lon', type: 'number' }] as Offer['asks'] })],
  })

  it('is one touch where nothing has to be said', () => {
    const claim = anIncident({ state: 'in_progress', orders: [anOrder({ id: 'o1', state: 'pooled' })], actions: [offer('claim', { order: 'o1' })] })
    expect(oneTouch(claim, undefined)).toMatchObject({ offer: { do: 'claim' }, answers: {} })
  })

  it('says where the phone is when one arrives, and asks when that is not known any more', () => {
    expect(placeAnswers(fix, 2000)).toEqual({ lon: 104.0755, lat: 30.7, datum: 'wgs84' })
    expect(placeAnswers(fix, 100_000)).toBeUndefined()
    expect(oneTouch(arriving, undefined)).toMatchObject({ offer: { do: 'arrive' }, answers: undefined })
  })
})
