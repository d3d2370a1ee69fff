import { beforeAll, describe, expect, it } from 'vitest'
import { t } from '@/i18n'
import { withMessages } from '@/testing/messages'
import { conditionText, fitted, moved, ruleForm, targetText, type Words } from './rules'

const words: Words = {
  t: (key, values) => t(key, values ?? {}),
  category: (code) => ({ environment: '城乡环境' })[code] ?? code,
  areaKind: (code) => ({ market: '专业市场' })[code] ?? code,
  unit: (id) => ({ u1: '锦云街道办' })[id] ?? id,
  speciality: (code) => ({ police: '公安' })[code] ?? code,
}

describe('a rule as a sentence', () => {
  beforeAll(() => void withMessages())

  it('says what it fits and who gets it', () => {
    const rule = { ...ruleForm(undefined), category: 'environment', target: 'speciality' as const, value: 'police', pool: true }
    expect(conditionText(fitted(rule), words)).toBe('“城乡环境”类')
    expect(targetText(fitted(rule), words)).toBe('最近的公安单位（待认领）')
  })

  it('says that it fits everything', () => {
    expect(conditionText(fitted(ruleForm(undefined)), words)).toBe('所有事件')
  })

  it('joins several conditions', () => {
    const rule = { ...ruleForm(undefined), severity: 'emergency', area_kind: 'market', target: 'unit' as const, value: 'u1', automatic: true }
    expect(conditionText(fitted(rule), words)).toBe('紧急程度为紧急，在专业市场内')
    expect(targetText(fitted(rule), words)).toBe('锦云街道办（自动派出）')
  })
})

describe('a rule of hours, room and copies', () => {
  beforeAll(() => void withMessages())
  const rule = { ...ruleForm(undefined), from_minute: '22:00', to_minute: '06:00', days: '67', target: 'nearest_station' as const, capacity: ' 3 ', inform: ['centre' as const, 'command' as const] }

  it('says them as a person would', () => {
    expect(conditionText(fitted(rule), words)).toBe('周六，周日，22:00–次日 06:00')
    expect(targetText(fitted(rule), words)).toBe('最近的在岗工作站（手上满 3 件不再派），抄告中心，县级指挥中心')
    expect(conditionText(fitted({ ...rule, days: 'workday', from_minute: '09:00', to_minute: '00:00' }), words)).toBe('工作日，09:00–00:00')
  })

  it('sends minutes, and no hours where one is missing', () => {
    expect(fitted(rule)).toMatchObject({ from_minute: 1320, to_minute: 360, capacity: 3 })
    expect(fitted({ ...rule, to_minute: '' })).toMatchObject({ from_minute: 0, to_minute: 0 })
    expect(fitted({ ...rule, target: 'community' })).toMatchObject({ capacity: 0 })
    expect(fitted({ ...rule, target: 'nearest_person', pool: true })).toMatchObject({ pool: false })
  })

  it('comes back into the form as it was', () => {
    const kept = { ...fitted(rule), id: 'r', sort: 1, active: true, version: 1, disabled_why: '', disabled_at: 0 }
    expect(ruleForm(kept)).toMatchObject({ from_minute: '22:00', to_minute: '06:00', days: '67', capacity: '3', inform: ['centre', 'command'] })
    expect(ruleForm({ ...kept, to_minute: 1440 })).toMatchObject({ to_minute: '00:00' })
  })
})

describe('a rule as it is sent', () => {
  it('leaves out what its target has no use for', () => {
    expect(fitted({ ...ruleForm(undefined), target: 'worker', value: 'u1', pool: true })).toMatchObject({ value: '', pool: false })
    expect(fitted({ ...ruleForm(undefined), target: 'unit', value: 'u1', pool: true })).toMatchObject({ value: 'u1', pool: true })
  })
})

describe('the order of rules', () => {
  it('moves one and leaves the others in order', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  })

  it('does not move past the ends', () => {
    const list = ['a', 'b']
    expect(moved(list, 0, -1)).toBe(list)
    expect(moved(list, 1, 2)).toBe(list)
  })
})
