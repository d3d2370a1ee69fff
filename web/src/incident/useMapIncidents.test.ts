import { describe, expect, it } from 'vitest'
import { levelAt, mapQuery } from './useMapIncidents'

describe('what the map asks for', () => {
  it('is the work that goes on in the part in sight', () => {
    expect(mapQuery('open', '1,2,3,4')).toMatchObject({ bbox: '1,2,3,4', limit: 200 })
    expect(mapQuery('open', '1,2,3,4').state).not.toContain('closed')
    expect(mapQuery('today', '1,2,3,4')).toMatchObject({ queue: 'today', bbox: '1,2,3,4' })
  })

  it('is all that has no place, wherever the map is', () => {
    expect(mapQuery('unplaced', '1,2,3,4').bbox).toBeUndefined()
  })

  it('is the outlines that can be told apart', () => {
    expect([11, 13, 15, 16, 18].map(levelAt)).toEqual(['district', 'street', 'community', 'grid', 'microgrid'])
  })
})
