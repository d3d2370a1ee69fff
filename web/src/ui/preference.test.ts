import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { usePreference, type PreferenceStore } from './preference'
import { stored } from './stored'

const start = () => ({ tab: 'todo', dense: false, names: [] as string[] })
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  for (const account of ['a', 'b']) stored.remove(`prefer.${account}.desk`)
})
const store = (kept: Record<string, unknown> = {}) => ({ read: vi.fn(async () => kept), write: vi.fn(async () => undefined) }) satisfies PreferenceStore

it('is there at once in this browser, for this account alone', () => {
  usePreference('a', 'desk', start).value.tab = 'today'
  expect(usePreference('a', 'desk', start).value.tab).toBe('today')
  expect(usePreference('b', 'desk', start).value.tab).toBe('todo')
})

it('comes as the account left it elsewhere, and goes there once after many changes', async () => {
  const far = store({ desk: { tab: 'unplaced', dense: true } })
  const { value, ready } = usePreference('a', 'desk', start, far)
  await ready
  expect(value).toMatchObject({ tab: 'unplaced', dense: true })
  vi.runAllTimers()
  expect(far.write).not.toHaveBeenCalled()
  value.tab = 'today'
  value.names.push('夜班')
  vi.runAllTimers()
  expect(far.write).toHaveBeenCalledOnce()
  expect(far.write).toHaveBeenCalledWith('desk', { tab: 'today', dense: true, names: ['夜班'] })
})

it('does not overwrite what was changed while it was read', async () => {
  const { value, ready } = usePreference('a', 'desk', start, store({ desk: { tab: 'unplaced' } }))
  value.tab = 'today'
  await ready
  expect(value.tab).toBe('today')
})

it('survives a store that fails and a value of another shape', async () => {
  stored.set('prefer.a.desk', '{"tab": 5, "names": "x", "dense": true')
  expect(usePreference('a', 'desk', start).value).toEqual(start())
  const far: PreferenceStore = { read: () => Promise.reject(new Error('away')), write: () => Promise.reject(new Error('away')) }
  const { value, ready } = usePreference('a', 'desk', start, far)
  await ready
  value.dense = true
  vi.runAllTimers()
  await flushPromises()
  expect(value.dense).toBe(true)
})
