import { describe, expect, it } from 'vitest'
import { keyedOffers, partOffers } from './offers'
import { anIncident, anOffer } from './testing'

const proposal = { unit: { id: 'u1', name: '锦云巡区站' }, pool: false, reason: {} }
const asking = (action: string) => anOffer(action, { asks: [{ name: 'text', type: 'text', required: true }] })
const told = (incident: Parameters<typeof keyedOffers>[0]) => {
  const { primary, others } = keyedOffers(incident)
  return [primary, ...others].map((keyed) => keyed && `${keyed.key ?? '-'} ${keyed.offer.do}${keyed.direct ? '' : '…'}`)
}

describe('the keys of the offered actions', () => {
  it('are D for the proposal and digits for the others, the grave ones last', () => {
    const actions = [asking('void'), asking('note'), anOffer('dispatch'), asking('reject'), asking('accept')]
    expect(told(anIncident({ proposal, actions }))).toEqual(['D dispatch', '1 dispatch…', '2 accept…', '3 note…', '4 reject…', '5 void…'])
  })

  it('are D also where a unit must be chosen', () => {
    expect(told(anIncident({ actions: [anOffer('dispatch', { asks: [{ name: 'unit', type: 'unit', required: false }] }), asking('note')] }))).toEqual([
      'D dispatch…',
      '1 note…',
    ])
  })

  it('begin with the primary action, and take at once what asks nothing', () => {
    const actions = [asking('note'), anOffer('accept_order', { order: 'o1' }), asking('check_pass')]
    expect(told(anIncident({ state: 'checking', actions }))).toEqual(['1 check_pass…', '2 note…', '3 accept_order'])
  })

  it('end with the digits; the rest is reached with the pointer', () => {
    const { others } = keyedOffers(anIncident({ state: 'closed', actions: Array.from({ length: 11 }, () => asking('note')) }))
    expect(others.map(({ key }) => key).filter(Boolean)).toHaveLength(9)
  })

  it('never draw an action that the server does not offer', () => {
    expect(keyedOffers(anIncident({ proposal }))).toEqual({ primary: undefined, others: [] })
  })

  it('are letters for what stands in a group, so that the digits of the others stay', () => {
    const actions = ['remind', 'supervise', 'extend', 'suspend', 'note', 'withdraw_order', 'approve_extension', 'refuse_extension'].map(asking)
    expect(told(anIncident({ state: 'in_progress', actions })).slice(1)).toEqual([
      '1 note…', 'Y approve_extension…', '- refuse_extension…', 'E extend…', 'T suspend…', 'C remind…', 'S supervise…', '2 withdraw_order…',
    ])
  })
})

describe('the parts of the bar', () => {
  const parts = (...names: string[]) => {
    const { notice, plain, menus } = partOffers(keyedOffers(anIncident({ state: 'in_progress', actions: names.map(asking) })).others)
    const names_ = (list: { offer: { do: string } }[]) => list.map(({ offer }) => offer.do)
    return { notice: names_(notice), plain: names_(plain), menus: Object.fromEntries(menus.map(({ group, offers }) => [group, names_(offers)])) }
  }

  it('are what waits for an answer, what stands open, and a menu for each group', () => {
    expect(parts('note', 'extend', 'suspend', 'remind', 'escalate', 'resume', 'withdraw_order')).toEqual({
      notice: ['resume'],
      plain: ['note', 'withdraw_order'],
      menus: { time: ['extend', 'suspend'], command: ['remind', 'escalate'] },
    })
  })

  it('are one menu for several orders to withdraw, by the unit that has each', () => {
    const actions = ['o1', 'o2'].map((order) => anOffer('withdraw_order', { order }))
    const { plain, menus } = partOffers(keyedOffers(anIncident({ state: 'in_progress', actions: [asking('note'), ...actions] })).others)
    expect(plain.map(({ offer }) => offer.do)).toEqual(['note'])
    expect(menus.map(({ group, offers }) => [group, offers.map(({ offer }) => offer.order)])).toEqual([['withdraw', ['o1', 'o2']]])
  })

  it('make no menu of one', () => {
    expect(parts('note', 'escalate')).toEqual({ notice: [], plain: ['note', 'escalate'], menus: {} })
  })
})
