import { describe, expect, it } from 'vitest'
import { filterCount, filtersOf, listQueryOf, noFilters, queryOf } from './filters'

describe('the filters of the search', () => {
  it('go into the address and come back from it', () => {
    const filters = { ...noFilters(), q: '路灯', state: ['accepted', 'in_progress'], channel: 'hotline', from: '2026-11-01', to: '2026-11-22' }
    expect(filtersOf(queryOf(filters) as Record<string, string>)).toEqual(filters)
  })

  it('leave no trace in the address when they are not set', () => {
    expect(Object.values(queryOf(noFilters())).filter(Boolean)).toEqual([])
    expect(filterCount(noFilters())).toBe(0)
  })

  it('ignore what a mistyped address says', () => {
    expect(filtersOf({ state: 'closed,nonsense', q: ['a', 'b'] })).toMatchObject({ state: ['closed'], q: 'a' })
  })

  it('ask for whole days of this calendar, the last one included', () => {
    const { from, to } = listQueryOf({ ...noFilters(), from: '2026-11-22', to: '2026-11-22' })
    expect(new Date(from ?? 0).getHours()).toBe(0)
    expect((to ?? 0) - (from ?? 0)).toBe(86_400_000)
    expect(listQueryOf({ ...noFilters(), from: 'yesterday' }).from).toBeUndefined()
  })

  it('ask for nothing that was not set', () => {
    expect(Object.values(listQueryOf(noFilters())).filter((value) => value !== undefined)).toEqual([])
  })
})
