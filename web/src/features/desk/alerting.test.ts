import { expect, it } from 'vitest'
import { anIncident, anOffer } from '@/incident/testing'
import { loudest, mayAlert, toneOf } from './alerting'

const accept = [anOffer('accept')]
const help = { code: 'worker_help', name: '求助', name_en: 'Help' }

it('sounds for what waits for this person, by how pressing it is', () => {
  expect(toneOf(anIncident({ actions: accept }))).toBe('new')
  expect(toneOf(anIncident({ actions: accept, severity: 'emergency' }))).toBe('urgent')
  expect(toneOf(anIncident({ actions: accept, flags: ['urgent'] }))).toBe('urgent')
})

it('is quiet about what others have in hand or what one can do nothing about', () => {
  expect(toneOf(anIncident({ state: 'in_progress', actions: accept }))).toBeUndefined()
  expect(toneOf(anIncident({ state: 'closed', actions: accept }))).toBeUndefined()
  expect(toneOf(anIncident({ actions: [] }))).toBeUndefined()
})

it('calls for help even while somebody is on the way, and not when it is over', () => {
  expect(toneOf(anIncident({ state: 'in_progress', category: help }))).toBe('help')
  expect(toneOf(anIncident({ state: 'closed', category: help }))).toBeUndefined()
})

it('lets the most pressing of several be heard', () => {
  expect(loudest(['new', 'urgent', undefined])).toBe('urgent')
  expect(loudest(['urgent', 'help', 'new'])).toBe('help')
  expect(loudest([undefined])).toBeUndefined()
  expect(loudest([])).toBeUndefined()
})

it('listens to what may bring work, not to every note', () => {
  expect(mayAlert({ kind: 'incident.changed', incident: 'i1', do: 'report' })).toBe(true)
  expect(mayAlert({ kind: 'order.changed', incident: 'i1', do: 'return_order' })).toBe(true)
  expect(mayAlert({ kind: 'incident.changed', incident: 'i1', do: 'note' })).toBe(false)
  expect(mayAlert({ kind: 'gone', incident: 'i1' })).toBe(false)
  expect(mayAlert({ kind: 'reset' })).toBe(false)
})
