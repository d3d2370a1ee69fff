import { describe, expect, it } from 'vitest'
import type { QueueNumber } from './api'
import { board, currentAt, minutes, waiting } from './queue'

const number = (label: string, given: Partial<QueueNumber>): QueueNumber =>
  ({ id: label, label, kind: 'general', state: 'waiting', calls: 0, taken_at: 0, actions: [], ...given }) as QueueNumber

const day = [
  number('A001', { state: 'done', window: 'w1', called_at: 1 }),
  number('A002', { state: 'serving', window: 'w1', called_at: 2 }),
  number('B001', { state: 'called', window: 'w2', called_at: 5, kind: 'legal' }),
  number('A003', {}),
  number('A004', { state: 'skipped', window: 'w2', called_at: 3 }),
]

describe('the queue', () => {
  it('has one number at a window at most', () => {
    expect(currentAt(day, 'w1')?.label).toBe('A002')
    expect(currentAt(day, 'w3')).toBeUndefined()
    expect(currentAt(day, undefined)).toBeUndefined()
  })

  it('shows the latest call first, and nobody who is gone', () => {
    expect(board(day).map(({ label }) => label)).toEqual(['B001', 'A002'])
  })

  it('counts who waits, of one kind or of all', () => {
    expect(waiting(day)).toHaveLength(1)
    expect(waiting(day, 'legal')).toEqual([])
  })

  it('never says that somebody waited nought minutes', () => {
    expect([minutes(10), minutes(150_000)]).toEqual([1, 3])
  })
})
