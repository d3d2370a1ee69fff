import { describe, expect, it } from 'vitest'
import type { Entry, Incident } from '@/incident/types'
import { beforeAndAfter, figures, handledSince, since } from './handled'

const incident = (id: string, handled: number, more: Partial<Incident> = {}): Incident => ({ id, times: { handled_at: handled }, flags: [], ...more }) as unknown as Incident
const entry = (action: string, files: string[], body: Record<string, unknown> = {}): Entry => ({ do: action, files, body }) as unknown as Entry

describe('what was handled', () => {
  it('begins on Monday', () => {
    const monday = new Date(2026, 2, 2).getTime()
    expect(since('week', new Date(2026, 2, 2, 8))).toBe(monday)
    expect(since('week', new Date(2026, 2, 8, 23))).toBe(monday)
    expect(since('month', new Date(2026, 2, 31))).toBe(new Date(2026, 2, 1).getTime())
  })

  const review = { rating: 4, by: { id: 's', name: '监' }, at: 1 } as Incident['review']
  const list = [incident('old', 5), incident('a', 20), incident('b', 30, { review, flags: ['reworked'] })]

  it('is listed latest first, and without what was reviewed when asked', () => {
    expect(handledSince(list, 10, false).map(({ id }) => id)).toEqual(['b', 'a'])
    expect(handledSince(list, 10, true).map(({ id }) => id)).toEqual(['a'])
  })

  it('is counted as a whole', () => {
    expect(figures(list, 10)).toEqual({ handled: 2, reviewed: 1, reworked: 1, average: 4 })
    expect(figures([], 0).average).toBeUndefined()
  })

  it('is shown before and after', () => {
    const entries = [entry('report', ['r']), entry('handle', ['b', 'x', 'y'], { before: ['b'], after: ['x', 'y'] }), entry('note', ['n'])]
    expect(beforeAndAfter(entries)).toEqual({ before: ['r', 'b'], after: ['x', 'y'] })
    expect(beforeAndAfter([entry('report', ['r']), entry('self_handle', ['z'])])).toEqual({ before: ['r'], after: ['z'] })
  })
})
