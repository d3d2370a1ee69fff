import { beforeEach, describe, expect, it } from 'vitest'
import { begun, callBody, emptyCall, useCall } from './callDraft'

beforeEach(() => localStorage.clear())

describe('the draft of a call', () => {
  it('is there again after a reload and after signing in anew', () => {
    const { draft } = useCall('a1')
    Object.assign(draft, { phone: '13800000001', text: '路灯不亮', lon: 104.08, lat: 30.66 })
    const again = useCall('a1').draft
    expect(again).toMatchObject({ phone: '13800000001', text: '路灯不亮', lon: 104.08, intent: draft.intent })
  })

  it('is not shown to another account at the same desk', () => {
    useCall('a1').draft.phone = '13800000001'
    expect(begun(useCall('a2').draft)).toBe(false)
  })

  it('ends when it was sent, and the next has an intent of its own', () => {
    const { draft, clear } = useCall('a1')
    draft.text = '路灯不亮'
    const { intent } = draft
    clear()
    expect(begun(draft)).toBe(false)
    expect(draft.intent).not.toBe(intent)
    expect(useCall('a1').draft.text).toBe('')
  })
})

describe('the report of a call', () => {
  it('holds only what was given', () => {
    expect(callBody({ ...emptyCall(), text: ' 路灯不亮 ' })).toEqual({
      text: '路灯不亮', category: undefined, severity: undefined, channel: 'hotline', address: undefined,
    })
  })

  it('holds the caller, the time of the call and the position', () => {
    const call = { ...emptyCall(), text: '噪音', phone: '028 8000 0001', confidential: true, lon: 104.08, lat: 30.66, callAt: 5, files: ['f1'] }
    expect(callBody(call)).toMatchObject({
      reporter: { phone: '028 8000 0001', confidential: true }, call_at: 5, lon: 104.08, lat: 30.66, datum: 'wgs84', files: ['f1'],
    })
  })

  it('has no time of a call when somebody stands at the window', () => {
    expect(callBody({ ...emptyCall(), text: 'x', channel: 'window', callAt: 5 })).not.toHaveProperty('call_at')
  })
})
