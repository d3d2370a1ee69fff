import { flushPromises } from '@vue/test-utils'
import { effectScope, nextTick, reactive, ref } from 'vue'
import { expect, it, vi } from 'vitest'
import type { Answers, Ask } from './action-form'
import { useDependent } from './dependent'

const person: Ask = { name: 'person', type: 'person', of: 'unit', options: [{ value: 'p1', label: '王晓' }] }
const fields = ref<Ask[]>([{ name: 'unit', type: 'unit' }, person])

function form(read: (ask: Ask, unit: string) => Promise<{ value: string }[]>) {
  const answers = reactive<Answers>({ unit: 'u1', person: 'p1' })
  const shown = effectScope(true).run(() => useDependent(fields, answers, read))
  return { answers, options: () => shown?.(person).options?.map((option) => option.value) }
}

it('keeps the options that came with the proposal, and reads those of another unit', async () => {
  const read = vi.fn(async () => [{ value: 'p2' }])
  const { answers, options } = form(read)
  await nextTick()
  expect(options()).toEqual(['p1'])
  expect(read).not.toHaveBeenCalled()
  answers.unit = 'u2'
  await flushPromises()
  expect(options()).toEqual(['p2'])
  expect(answers.person).toBeUndefined()
})

it('takes no notice of an answer that was overtaken', async () => {
  let late: (found: { value: string }[]) => void = () => undefined
  const { answers, options } = form((_ask, unit) => (unit === 'u2' ? new Promise((done) => (late = done)) : Promise.resolve([{ value: 'p3' }])))
  answers.unit = 'u2'
  await nextTick()
  answers.unit = 'u3'
  await flushPromises()
  late([{ value: 'p2' }])
  await flushPromises()
  expect(options()).toEqual(['p3'])
})
