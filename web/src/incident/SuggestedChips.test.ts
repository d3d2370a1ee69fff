import { flushPromises, mount } from '@vue/test-utils'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '@/i18n'
import { withMessages } from '@/testing/messages'
import SuggestedChips from './SuggestedChips.vue'
import { anIncident, anOffer } from './testing'
import type { Incident } from './types'

const act = vi.hoisted(() => vi.fn())
vi.mock('./api', () => ({ act, readIncident: vi.fn() }))
vi.mock('@/api/live', () => ({ live: { listen: () => () => undefined } }))
beforeAll(withMessages)
beforeEach(() => void act.mockReset())

const suggested = {
  category: { code: 'environment.light', name: '路灯故障', name_en: 'Street lights', confidence: 0.879, made: 1_700_000_000_000 },
  place: { name: '合江亭', lon: 104.08, lat: 30.65, area: '合江社区' },
}
const chips = (part: Partial<Incident>) =>
  mount(SuggestedChips, { props: { incident: anIncident({ id: 'i1', version: 3, ...part }), entries: [], loading: false }, global: { plugins: [i18n] } })

it('offers each with one tap, as sure as it is', () => {
  const shown = chips({ suggested, actions: [anOffer('accept'), anOffer('place')] })
  expect(shown.findAll('button').map((button) => button.text())).toEqual(['建议：路灯故障 · 87%', '建议位置：合江亭（合江社区）'])
})

it('accepts with the category, and places where the words say', async () => {
  const after = anIncident({ id: 'i1', state: 'accepted' })
  act.mockResolvedValue(after)
  const shown = chips({ suggested, actions: [anOffer('accept'), anOffer('place')] })
  await shown.findAll('button')[0]?.trigger('click')
  await flushPromises()
  expect(act).toHaveBeenCalledWith('i1', 'accept', { category: 'environment.light', version: 3 }, expect.anything())
  expect(shown.emitted('changed')).toEqual([[after]])
  await shown.findAll('button')[1]?.trigger('click')
  await flushPromises()
  expect(act).toHaveBeenLastCalledWith('i1', 'place', { lon: 104.08, lat: 30.65, version: 3 }, expect.anything())
})

it('sends it where the like of it went, with one tap', async () => {
  act.mockResolvedValue(anIncident({ id: 'i1', state: 'in_progress' }))
  const unit = { id: 'u7', name: '城市管理局', confidence: 0.839, made: 1_700_000_000_000 }
  const button = chips({ suggested: { unit }, actions: [anOffer('dispatch')] }).find('button')
  expect(button.text()).toBe('往常多由 城市管理局 办理 · 把握 83%')
  expect(button.attributes('title')).toMatch(/2023/)
  await button.trigger('click')
  await flushPromises()
  expect(act).toHaveBeenLastCalledWith('i1', 'dispatch', { unit: 'u7', version: 3 }, expect.anything())
})

it('shows nothing that this person cannot do', () => {
  expect(chips({ suggested, actions: [anOffer('note')] }).find('button').exists()).toBe(false)
  expect(chips({ actions: [anOffer('accept')] }).find('section').exists()).toBe(false)
})
