import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { missing, payload, startAnswers, type Ask } from './action-form'
import ActionForm from './ActionForm.vue'

const unit: Ask = {
  name: 'unit',
  type: 'unit',
  required: true,
  options: [
    { value: 'u1', label: '锦云巡区站' },
    { value: 'u2', label: '春晖社区' },
  ],
  proposed: 'u1',
}
const reason: Ask = { name: 'reason', type: 'text', required: true }
const limit: Ask = { name: 'limit', type: 'minutes' }
const files: Ask = { name: 'files', type: 'files' }

describe('answers', () => {
  it('start with what is proposed, and with what was kept before that', () => {
    expect(startAnswers([unit, reason, files])).toEqual({ unit: 'u1', files: [] })
    expect(startAnswers([unit], { unit: 'u2' })).toEqual({ unit: 'u2' })
  })

  it('take the only option of a required choice', () => {
    const only: Ask = { name: 'unit', type: 'unit', required: true, options: [{ value: 'u9', label: '站' }] }
    expect(startAnswers([only])).toEqual({ unit: 'u9' })
    expect(startAnswers([{ ...only, required: false }])).toEqual({})
  })

  it('are missing when only spaces were typed', () => {
    expect(missing([unit, reason], { unit: 'u1', reason: '  ' })).toEqual([{ field: 'reason', code: 'field.required' }])
  })

  it('are sent trimmed, numbers as numbers, the empty ones not at all', () => {
    const asks: Ask[] = [unit, reason, limit, files, { name: 'public', type: 'bool' }]
    expect(payload(asks, { unit: 'u1', reason: ' 不属于本站 ', limit: '30', files: [] })).toEqual({
      unit: 'u1',
      reason: '不属于本站',
      limit: 30,
      public: false,
    })
  })
})

describe('ActionForm', () => {
  const form = (props: object = {}) =>
    mount(ActionForm, {
      props: { asks: [unit, reason], submitLabel: '派单', ...props },
      global: { plugins: [withMessages()] },
      attachTo: document.body,
    })

  it('refuses to send what is visibly missing, and says where', async () => {
    const shown = form()
    await shown.trigger('submit')
    expect(shown.emitted('submit')).toBeUndefined()
    expect(shown.get('[role=alert]').text()).toBe('请填写这一项。')
    expect(document.activeElement?.tagName).toBe('TEXTAREA')
    shown.unmount()
  })

  it('sends what was answered', async () => {
    const shown = form()
    await shown.get('textarea').setValue('路口积水')
    await shown.trigger('submit')
    expect(shown.emitted('submit')).toEqual([[{ unit: 'u1', reason: '路口积水' }]])
    shown.unmount()
  })

  it('shows the refusal of a field, and of one that it does not draw', () => {
    const errors = [
      { field: 'reason', code: 'field.too_long' },
      { field: 'version', code: 'field.type' },
    ]
    const shown = form({ errors })
    expect(shown.findAll('[role=alert]').map((alert) => alert.text())).toEqual(['太长了，请缩短。', 'version：格式不对。'])
    shown.unmount()
  })

  it('lets a unit be found by typing and taken with Enter', async () => {
    const shown = form()
    const box = shown.get('[role=combobox]')
    expect((box.element as HTMLInputElement).value).toBe('锦云巡区站')
    await box.setValue('春晖')
    await box.trigger('keydown', { key: 'Enter' })
    await shown.get('textarea').setValue('社区更近')
    await shown.trigger('submit')
    expect(shown.emitted('submit')).toEqual([[{ unit: 'u2', reason: '社区更近' }]])
    shown.unmount()
  })
})
