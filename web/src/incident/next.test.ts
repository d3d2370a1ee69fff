import { describe, expect, it } from 'vitest'
import { holder, nextStep } from './next'
import { anIncident, anOffer, anOrder } from './testing'

const proposal = { unit: { id: 'u1', name: '锦云巡区站' }, pool: false, reason: { code: 'rule.station' } }

describe('the next step', () => {
  it('is to send the proposal where there is one', () => {
    const step = nextStep(anIncident({ proposal, actions: [anOffer('accept'), anOffer('note'), anOffer('dispatch')] }))
    expect(step).toMatchObject({ code: 'dispatch', params: { to: '锦云巡区站' }, offer: { do: 'dispatch' } })
  })

  it('is to choose a unit where no rule fits', () => {
    expect(nextStep(anIncident({ state: 'accepted', actions: [anOffer('dispatch')] })).code).toBe('dispatch_choose')
  })

  it('is to place what has no place, before it is sent', () => {
    const lost = anIncident({ flags: ['unplaced'], proposal, actions: [anOffer('dispatch'), anOffer('place')] })
    expect(nextStep(lost).offer?.do).toBe('place')
    expect(nextStep({ ...lost, actions: [anOffer('dispatch')] }).offer?.do).toBe('dispatch')
    expect(nextStep({ ...lost, state: 'checked', actions: [anOffer('place'), anOffer('close')] }).offer?.do).toBe('close')
  })

  it('is to answer at once what can be answered without going there', () => {
    expect(nextStep(anIncident({ kind: 'enquiry', proposal, actions: [anOffer('dispatch'), anOffer('close')] })).code).toBe('answer_now')
  })

  it('is to go on with the order in one\'s own hand', () => {
    const held = (state: string, ...actions: string[]) =>
      nextStep(
        anIncident({ state: 'in_progress', orders: [anOrder({ state })], actions: actions.map((action) => anOffer(action, { order: 'o1' })) }),
      ).offer?.do
    expect(held('pooled', 'return_order', 'claim')).toBe('claim')
    expect(held('sent', 'return_order', 'accept_order', 'transfer')).toBe('accept_order')
    expect(held('accepted', 'handle', 'arrive')).toBe('arrive')
    expect(held('arrived', 'return_order', 'handle')).toBe('handle')
  })

  it('is to do it again when the check did not pass', () => {
    const order = anOrder({ state: 'accepted', accepted_at: 7, handled_at: 9 })
    const actions = ['arrive', 'handle'].map((action) => anOffer(action, { order: 'o1' }))
    expect(nextStep(anIncident({ state: 'in_progress', orders: [order], actions }))).toMatchObject({ code: 'redo', offer: { do: 'handle' } })
    expect(nextStep(anIncident({ state: 'in_progress', orders: [order] })).code).toBe('wait_order_redo')
  })

  it('is to wait, and for whom, when the order is in other hands', () => {
    const order = anOrder({ state: 'accepted', person: { id: 'p1', name: '王晓' }, accepted_at: 7 })
    const step = nextStep(anIncident({ state: 'in_progress', orders: [order], actions: [anOffer('withdraw_order', { order: 'o1' })] }))
    expect(step).toEqual({ code: 'wait_order_accepted', params: { who: '锦云巡区站 王晓' }, since: 7 })
  })

  it('is to check, to answer and to follow up, each only for whom it is offered', () => {
    const after = (state: string, ...actions: string[]) =>
      nextStep(anIncident({ state, orders: [anOrder({ state: 'handled' })], actions: actions.map((action) => anOffer(action)) }))
    expect(after('checking', 'rework', 'check_pass')).toMatchObject({ code: 'check_pass', params: { by: '锦云巡区站' } })
    expect(after('checking').code).toBe('wait_checking')
    expect(after('checked', 'close').offer?.do).toBe('close')
    expect(after('closed', 'reopen', 'follow_up').offer?.do).toBe('follow_up')
    expect(after('closed').code).toBe('wait_closed')
    expect(after('voided').code).toBe('done')
  })
})

describe('who has it', () => {
  it('is nobody once the order came back', () => {
    expect(holder(anIncident({ orders: [anOrder({ state: 'returned' })] }))).toBe('')
    expect(holder(anIncident({ orders: [anOrder({ state: 'returned' }), anOrder({ id: 'o2', unit: { id: 'u2', name: '春晖社区' } })] }))).toBe('春晖社区')
  })
})
