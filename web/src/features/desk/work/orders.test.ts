import { describe, expect, it } from 'vitest'
import { anIncident, anOffer, anOrder } from '@/incident/testing'
import type { Order } from '@/incident/types'
import { startQueue } from '../queue'
import { common, orderToPrint, printAddress, sorted } from './orders'

const at = (id: string, severity: string, received_at: number, lon = 104.0) => anIncident({ id, severity, received_at, lon, lat: 30.6 })

describe('the lists of a unit', () => {
  const queue = startQueue([at('new', 'general', 3), at('far', 'major', 2, 104.2), at('near', 'major', 1, 104.01)])
  const ids = (of: ReturnType<typeof sorted>) => of.rows.map((row) => row.incident.id)

  it('put the pressing first and the nearer before the farther', () => {
    expect(ids(sorted(queue, 'urgency', { lon: 104.0, lat: 30.6 }))).toEqual(['near', 'far', 'new'])
    expect(ids(sorted(queue, 'newest', undefined))).toEqual(['new', 'far', 'near'])
    expect(ids(sorted(queue, 'oldest', undefined))).toEqual(['near', 'far', 'new'])
    expect(ids(queue)).toEqual(['new', 'far', 'near'])
  })

  it('offer for several only what the server offers for one of them', () => {
    const one = anIncident({ id: 'a', actions: [anOffer('claim')] })
    const two = anIncident({ id: 'b', actions: [anOffer('handle'), anOffer('accept_order')] })
    expect(common([one, two])).toEqual([{ action: 'claim', n: 1 }, { action: 'accept_order', n: 1 }, { action: 'handle', n: 1 }])
    expect(common([])).toEqual([])
  })

  it('print the order in hand, and never more sheets than a printer takes', () => {
    const order = (id: string, state: Order['state']) => anOrder({ id, state })
    const orders = [order('1', 'returned'), order('2', 'sent'), order('3', 'withdrawn')]
    expect(orderToPrint(anIncident({ orders }))?.id).toBe('2')
    expect(orderToPrint(anIncident())).toBeUndefined()
    expect(printAddress(Array.from({ length: 150 }, (_, n) => `i${n}`)).split('incident=').length).toBe(101)
  })
})
