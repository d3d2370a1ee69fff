import { describe, expect, it } from 'vitest'
import type { Indicator } from './api'
import { firstDefinition, mended, sameDefinition } from './definition'

const one = (code: string): Indicator => ({ code, unit: 'count', kpi: false, event: false })
const incidents = ['received', 'closed', 'overdue', 'closing'].map(one)
const orders = ['orders', 'orders_handled'].map(one)

describe('a definition that is changed', () => {
  it('keeps what is asked for where it can', () => {
    expect(mended(firstDefinition(), incidents, orders).values).toEqual(['received', 'closed', 'overdue', 'closing'])
    expect(mended({ ...firstDefinition(), subject: 'orders' }, incidents, orders).values).toEqual(['orders'])
  })

  it('counts one value where there are columns, and only numbers by state', () => {
    expect(mended({ ...firstDefinition(), columns: 'month' }, incidents, orders).values).toEqual(['received'])
    expect(mended({ ...firstDefinition(), values: ['closing'], state: 'closed' }, incidents, orders).values).toEqual(['received'])
    expect(mended({ ...firstDefinition(), columns: 'area' }, incidents, orders).columns).toBeUndefined()
  })

  it('is the same whatever was left out', () => {
    expect(sameDefinition(firstDefinition(), { ...firstDefinition(), unit: '' })).toBe(true)
    expect(sameDefinition(firstDefinition(), { ...firstDefinition(), rows: 'unit' })).toBe(false)
  })
})
