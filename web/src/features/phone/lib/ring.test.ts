import { expect, it } from 'vitest'
import type { Incident } from '@/incident/types'
import { keyBytes } from '../me/alerts'
import { maybeWork, pressing } from './ring'

const incident = (person: string | null, state: string, severity = 'general') =>
  ({ id: `${person}-${severity}`, severity, actions: [{ do: 'accept_order' }], orders: [{ state, person: person && { id: person, name: person } }] }) as unknown as Incident

it('rings for what was sent to me or waits for my unit, and for nobody else', () => {
  expect(pressing([incident('me', 'sent')], 'me')).toBe('new')
  expect(pressing([incident(null, 'sent')], 'me')).toBe('new')
  expect(pressing([incident('me', 'sent', 'emergency'), incident('me', 'sent')], 'me')).toBe('urgent')
  expect(pressing([incident('me', 'accepted')], 'me')).toBeUndefined()
  expect(pressing([{ ...incident('other', 'sent'), actions: [] } as Incident], 'me')).toBeUndefined()
})

it('looks only at changes that give work', () => {
  expect(maybeWork({ kind: 'order.changed', do: 'dispatch' })).toBe(true)
  expect(maybeWork({ kind: 'order.changed', do: 'arrive' })).toBe(false)
  expect(maybeWork({ kind: 'gone' })).toBe(false)
})

it('reads the key of the office as bytes', () => {
  expect([...keyBytes('BP-_')]).toEqual([4, 255, 191])
})
