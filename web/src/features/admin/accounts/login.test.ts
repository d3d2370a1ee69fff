import { describe, expect, it } from 'vitest'
import { proposeLogin } from './login'

describe('the login that is proposed', () => {
  it('takes the initials of a Chinese name and the end of the phone number', () => {
    expect(proposeLogin('张伟', '138 0013 8000')).toBe('zw8000')
    expect(proposeLogin('欧阳娜娜', '')).toBe('oynn')
  })
  it('takes a Latin name as it is', () => {
    expect(proposeLogin('Anna Müller', '13800138000')).toBe('anna.muller8000')
  })
  it('falls back to the number, and to nothing', () => {
    expect(proposeLogin('', '13800138000')).toBe('13800138000')
    expect(proposeLogin('？', '')).toBe('')
  })
})
