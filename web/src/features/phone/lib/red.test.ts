import { expect, it } from 'vitest'
import { anIncident } from '@/incident/testing'
import { turnedRed } from './red'

const due = (at?: number) => [anIncident({ id: 'i1', due_at: at })]
const told = (red: Map<string, boolean>, at: number | undefined, now: number) => turnedRed(due(at), red, now).length

it('tells once when a limit runs out in front of somebody', () => {
  const red = new Map<string, boolean>()
  expect([told(red, 100, 99), told(red, 100, 100), told(red, 100, 101)]).toEqual([0, 1, 0])
})

it('is silent about what was late before it was seen, and speaks again after a new limit', () => {
  const red = new Map<string, boolean>()
  expect([told(red, 100, 200), told(red, 300, 210), told(red, 300, 300), told(red, undefined, 400)]).toEqual([0, 0, 1, 0])
})
