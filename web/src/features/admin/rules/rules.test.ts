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
    expect(conditionText(rule, words)).toBe('“城乡环境”类')
    expect(targetText(rule, words)).toBe('最近的公安单位（待认领）')
  })

  it('says that it fits everything', () => {
    expect(conditionText(ruleForm(undefined), words)).toBe('所有事件')
  })

  it('joins several conditions', () => {
    const rule = { ...ruleForm(undefined), severity: 'emergency', area_kind: 'market', target: 'unit' as const, value: 'u1', automatic: true }
    expect(conditionText(rule, words)).toBe('紧急程度为紧急，在专业市场内')
    expect(targetText(rule, words)).toBe('锦云街道办（自动派出）')
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
