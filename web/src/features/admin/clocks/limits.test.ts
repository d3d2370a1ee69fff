import { describe, expect, it } from 'vitest'
import type { Limit } from '../shared/wire'
import { beginOf, conditionText, dayOf, found, kept, limitBody, limitForm, limitText, spoken, standing, validityText, type LimitWords } from './limits'

const words: LimitWords = {
  t: (key, values) => [key, ...Object.values(values ?? {})].join(' '),
  category: (code) => `<${code}>`,
  area: (id) => `[${id}]`,
}
const limit = (change: Partial<Limit> = {}): Limit => ({
  id: 'a', stage: 'handle', category: '', severity: '', channel: '', area: '', unit: 'working_hours', amount: 240, every: 0, from: 0, to: 0, basis: '', active: true, version: 1, ...change,
})

describe('amounts', () => {
  it('are said in the largest whole unit and kept in minutes or days', () => {
    expect(spoken('hours', 1)).toEqual({ number: 1, count: 'minutes' })
    expect(spoken('hours', 120)).toEqual({ number: 2, count: 'hours' })
    expect(spoken('working_hours', 90)).toEqual({ number: 90, count: 'working_minutes' })
    expect(spoken('working_days', 3)).toEqual({ number: 3, count: 'working_days' })
    expect(kept('1.5', 'hours')).toEqual({ unit: 'hours', amount: 90 })
    expect(kept('1,5', 'working_hours')).toEqual({ unit: 'working_hours', amount: 90 })
    expect(kept('7', 'calendar_days')).toEqual({ unit: 'calendar_days', amount: 7 })
    expect(kept('soon', 'minutes')).toEqual({ unit: 'hours', amount: 0 })
  })

  it('survive the form', () => {
    for (const one of [limit(), limit({ unit: 'hours', amount: 1 }), limit({ unit: 'working_days', amount: 3 }), limit({ stage: 'progress', unit: 'hours', amount: 240, every: 120 })]) {
      const { unit, amount, every } = limitBody(limitForm(one))
      expect({ unit, amount, every }).toEqual({ unit: one.unit, amount: one.amount, every: one.every })
    }
  })

  it('say how often a word is asked for', () => {
    expect(limitText(limit({ unit: 'hours', amount: 30, every: 30 }), words)).toBe('limits.each limits.amount.minutes 30')
    expect(limitText(limit({ unit: 'hours', amount: 60, every: 30 }), words)).toBe('limits.then_each limits.amount.hours_one 1 limits.amount.minutes 30')
  })
})

describe('validity', () => {
  it('is said in whole days, the last of which is still part of it', () => {
    const from = beginOf('2026-10-01')
    const one = limit({ from, to: beginOf('2026-12-31', 1) })
    expect(dayOf(from)).toBe('2026-10-01')
    expect(limitForm(one)).toMatchObject({ first: '2026-10-01', last: '2026-12-31' })
    expect(limitBody(limitForm(one))).toMatchObject({ from: one.from, to: one.to })
    expect(validityText(one, words)).toBe('limits.valid.both 2026-10-01 2026-12-31')
    expect(validityText(limit(), words)).toBe('')
    expect(limitBody(limitForm(limit()))).toMatchObject({ from: 0, to: 0 })
  })

  it('tells what counts now', () => {
    expect(standing(limit({ from: 5 }), 4)).toBe('later')
    expect(standing(limit({ from: 5, to: 9 }), 5)).toBe('now')
    expect(standing(limit({ from: 5, to: 9 }), 9)).toBe('past')
    expect(standing(limit({ active: false }), 9)).toBe('off')
  })
})

describe('the list', () => {
  const list = [limit({ id: 'rubbish', category: 'environment.rubbish', severity: 'general' }), limit({ id: 'all', stage: 'dispatch', unit: 'hours', amount: 1 })]
  it('finds by what is read on the screen', () => {
    expect(found(list, '<environment.rubbish> 4', '', words).map((one) => one.id)).toEqual(['rubbish'])
    expect(found(list, '', '', words).map((one) => one.id)).toEqual(['all', 'rubbish'])
    expect(found(list, '', 'dispatch', words).map((one) => one.id)).toEqual(['all'])
    expect(found(list, 'nothing', '', words)).toEqual([])
  })

  it('says what a limit fits', () => {
    expect(conditionText(limit(), words)).toBe('limits.if.all')
    expect(conditionText(limit({ category: 'a', area: 'b' }), words)).toBe('limits.if.category <a>limits.andlimits.if.area [b]')
  })
})
