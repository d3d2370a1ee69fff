import { describe, expect, it } from 'vitest'
import { pathText, placeOf } from './place'
import { anIncident } from './testing'

const path = [
  { id: '1', code: '51', name: '成都市', level: 'city' },
  { id: '2', code: '5101', name: '锦江区', level: 'district' },
  { id: '3', code: '510104', name: '锦云街道', level: 'street' },
  { id: '4', code: '51010401', name: '槐安社区', level: 'community' },
]
const area = { id: '4', code: '51010401', name: '槐安社区', path }

describe('a place in one line', () => {
  it('is the community and the address, without saying the community twice', () => {
    expect(placeOf(anIncident({ area, address: '青石桥街 12 号' }))).toBe('槐安社区 · 青石桥街 12 号')
    expect(placeOf(anIncident({ area, address: '槐安社区书香轩 8 栋' }))).toBe('槐安社区书香轩 8 栋')
  })

  it('is what is known of it', () => {
    expect(placeOf(anIncident({ area, address: '' }))).toBe('槐安社区')
    expect(placeOf(anIncident({ area: null, address: '' }))).toBe('')
  })

  it('begins below the district in full, unless there is nothing below', () => {
    expect(pathText(path)).toBe('锦云街道 / 槐安社区')
    expect(pathText(path.slice(0, 2))).toBe('成都市 / 锦江区')
  })
})
