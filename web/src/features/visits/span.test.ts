import { describe, expect, it } from 'vitest'
import { beginning } from './span'

describe('beginning', () => {
  const at = (text: string) => new Date(text).getTime()

  it('is midnight of the Monday, also on a Sunday and over the turn of a month', () => {
    expect(beginning('week', new Date('2026-11-22T15:00:00'))).toBe(at('2026-11-16T00:00:00'))
    expect(beginning('week', new Date('2026-03-02T00:00:00'))).toBe(at('2026-03-02T00:00:00'))
    expect(beginning('week', new Date('2026-03-01T09:00:00'))).toBe(at('2026-02-23T00:00:00'))
  })

  it('is the first of the month or year', () => {
    expect(beginning('month', new Date('2026-11-22T15:00:00'))).toBe(at('2026-11-01T00:00:00'))
    expect(beginning('year', new Date('2026-11-22T15:00:00'))).toBe(at('2026-01-01T00:00:00'))
  })
})
