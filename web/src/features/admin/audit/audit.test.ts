import { describe, expect, it } from 'vitest'
import { auditParams, daysBack, permissionChange } from './audit'

const empty = { actor: '', action: '', objectId: '', from: '', until: '' }

describe('the search of the trail', () => {
  it('sends only what was asked', () => {
    expect(auditParams(empty)).toEqual({})
    expect(auditParams({ ...empty, actor: ' 王敏 ', action: 'account' })).toEqual({ actor: '王敏', action: 'account' })
  })

  it('takes whole days back from today, over the end of a month', () => {
    expect(daysBack(6, 0, new Date(2026, 2, 3, 23))).toEqual({ from: '2026-02-25', until: '2026-03-03' })
    expect(daysBack(1, 1, new Date(2026, 0, 1))).toEqual({ from: '2025-12-31', until: '2025-12-31' })
  })

  it('counts the last day whole', () => {
    const { from, to } = auditParams({ ...empty, from: '2026-11-20', until: '2026-11-21' })
    expect(Number(to) - Number(from)).toBe(2 * 24 * 3600 * 1000)
  })
})

describe('a change of a role', () => {
  it('tells what was given and what was taken', () => {
    expect(permissionChange({ before: 'area.read unit.read', after: 'unit.read incident.read' })).toEqual({ given: ['incident.read'], taken: ['area.read'] })
    expect(permissionChange({})).toEqual({ given: [], taken: [] })
  })
})
