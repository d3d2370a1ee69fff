import { afterEach, describe, expect, it } from 'vitest'
import { stored } from '@/ui/stored'
import { forget, forgetAll, ownCodes, remember, remembered } from './codes'

const one = (code: string) => ({ code, number: '1', title: '路灯', at: 1 })

describe('codes on this device', () => {
  afterEach(forgetAll)

  it('are remembered once each, newest first, however they are typed', () => {
    remember(one('K7Q2-M9XR'))
    remember(one('AAAA-BBBB'))
    remember(one('k7q2m9xr'))
    expect(ownCodes.value.map(({ code }) => code)).toEqual(['k7q2m9xr', 'AAAA-BBBB'])
    expect(remembered('K7Q2 M9XR')).toBe(true)
  })

  it('leave nothing behind when forgotten', () => {
    remember(one('K7Q2-M9XR'))
    forget('K7Q2M9XR')
    expect(ownCodes.value).toEqual([])
    expect(stored.get('own-codes')).toBeNull()
  })

  it('stay few', () => {
    for (let n = 0; n < 40; n++) remember(one(`CODE${n}`))
    expect(ownCodes.value).toHaveLength(30)
    expect(ownCodes.value[0]?.code).toBe('CODE39')
  })
})
