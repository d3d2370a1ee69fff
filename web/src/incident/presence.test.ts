import { flushPromises } from '@vue/test-utils'
import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { usePresence } from './presence'

const { POST, DELETE } = vi.hoisted(() => ({ POST: vi.fn(), DELETE: vi.fn() }))
vi.mock('@/api/client', () => ({ api: { POST, DELETE }, call: (answer: Promise<unknown>) => answer }))

const other = { id: 'a2', name: '唐知微', since: 1, typing: true }
beforeEach(() => {
  vi.useFakeTimers()
  POST.mockReset().mockResolvedValue({ others: [other] })
  DELETE.mockReset().mockResolvedValue(undefined)
})
afterEach(() => void vi.useRealTimers())

function open(id = ref('i1')) {
  const scope = effectScope()
  const used = scope.run(() => usePresence(id))
  if (!used) throw new Error('no scope')
  return { id, scope, ...used }
}
const told = () => POST.mock.calls.map(([, { params, body }]) => `${params.path.id} ${body.typing ? 'writes' : 'reads'}`)

it('says that it is open, again every 20 seconds, and that it is not any more', async () => {
  const { others, scope } = open()
  await flushPromises()
  expect(others.value).toEqual([other])
  await vi.advanceTimersByTimeAsync(40_000)
  expect(told()).toEqual(['i1 reads', 'i1 reads', 'i1 reads'])
  scope.stop()
  expect(DELETE).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(POST).toHaveBeenCalledTimes(3)
})

it('tells at once that writing began, not with every key, and later that it ended', async () => {
  const { typed, scope } = open()
  typed()
  typed()
  await flushPromises()
  expect(told()).toEqual(['i1 reads', 'i1 writes'])
  await vi.advanceTimersByTimeAsync(40_000)
  expect(told().at(-1)).toBe('i1 reads')
  scope.stop()
})

it('leaves one incident for the next, and takes no late answer for the new one', async () => {
  let late: (answer: unknown) => void = () => undefined
  POST.mockReturnValueOnce(new Promise((done) => (late = done))).mockResolvedValue({ others: [] })
  const { id, others, scope } = open()
  id.value = 'i2'
  await nextTick()
  late({ others: [other] })
  await flushPromises()
  expect(others.value).toEqual([])
  expect(DELETE.mock.calls[0]?.[1].params.path.id).toBe('i1')
  scope.stop()
})
