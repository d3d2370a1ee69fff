import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { chipsOf, fieldsOf, missing, payload, startAnswers, type Ask } from './action-form'
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
const satisfaction: Ask = { name: 'satisfaction', type: 'int', min: 1, max: 5 }
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
    const solved: Ask = { name: 'solved', type: 'bool' }
    const answers = { unit: 'u1', reason: ' 不属于本站 ', satisfaction: '4', files: [] }
    expect(payload([unit, reason, satisfaction, files, solved], answers)).toEqual({
      unit: 'u1',
      reason: '不属于本站',
      satisfaction: 4,
    })
    expect(payload([solved], { solved: false })).toEqual({ solved: false })
  })
})

describe('fields', () => {
  const place: Ask[] = ['lon', 'lat'].map((name) => ({ name, type: 'number' }))

  it('make one place of lon, lat and datum, and end with files', () => {
    const fields = fieldsOf([reason, ...place, { name: 'datum', type: 'string' }])
    expect(fields.map((field) => field.name)).toEqual(['place', 'reason', 'files'])
    expect(payload(fields, { place: { lon: 104.1, lat: 30.6 }, reason: 'x' })).toEqual({
      lon: 104.1,
      lat: 30.6,
      datum: 'wgs84',
      reason: 'x',
    })
  })

  it('are chips when all choices can be in sight', () => {
    expect(chipsOf({ name: 'solved', type: 'bool' })).toHaveLength(2)
    expect(chipsOf(satisfaction)?.map((chip) => chip.value)).toEqual([1, 2, 3, 4, 5])
    expect(chipsOf({ name: 'limit', type: 'int', max: 500 })).toBeUndefined()
    expect(chipsOf(unit)).toBeUndefined()
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

  it('lets an optional yes or no be left open, and taken back', async () => {
    const shown = form({ asks: [{ name: 'solved', type: 'bool' }], files: false })
    const yes = shown.get('input[type=radio]')
    await yes.trigger('change')
    await yes.trigger('click')
    await shown.trigger('submit')
    expect(shown.emitted('submit')).toEqual([[{}]])
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
