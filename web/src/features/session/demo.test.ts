import { describe, expect, it } from 'vitest'
import { offered, sameFace, type OfferedAccount } from './demo'

const account = (login: string, face: string): OfferedAccount => ({ login, face, role: login, name: login, about: { zh: '值守', en: 'Duty' } })

describe('demo accounts', () => {
  const list = [account('admin', 'admin'), account('duty', 'desk'), account('worker', 'phone'), account('guest', 'new')]

  it('are grouped by face, the daily work first', () => {
    expect(offered(list, '/desk').map((group) => [group.face, group.accounts.map((one) => one.login)])).toEqual([
      ['desk', ['duty']],
      ['phone', ['worker']],
      ['unit', ['guest']],
      ['admin', ['admin']],
    ])
  })

  it('offer the phone and the desk to those who are out on the street', () => {
    expect(offered(list, '/desk').find((group) => group.face === 'phone')?.doors.map((door) => door.path)).toEqual(['/m', '/desk'])
    expect(offered(list, '/m')[0]?.face).toBe('phone')
  })

  it('need another page from the server between phone and desk only', () => {
    expect(sameFace('/desk', '/desk/admin')).toBe(true)
    expect(sameFace('/m', '/m?x')).toBe(true)
    expect(sameFace('/m', '/desk')).toBe(false)
    expect(sameFace('/map', '/desk')).toBe(true)
  })
})
