import { describe, expect, it } from 'vitest'
import { cleanCode, spacedCode } from './code'
import { groupCategories } from './categories'
import { emptyReport, reportBody, started, stepBeside, steps, type Report } from './report'

const report = (given: Partial<Report>): Report => ({ ...emptyReport('appeal'), ...given })

describe('a report', () => {
  it('is sent without what was left open', () => {
    expect(reportBody(report({ text: ' 路灯不亮 ' }))).toEqual({
      text: '路灯不亮',
      kind: 'appeal',
      title: undefined,
      category: undefined,
      address: undefined,
    })
  })

  it('is sent with place, contact and photos', () => {
    const body = reportBody(report({ text: '路灯', lon: 104.07, lat: 30.66, phone: '13800000000', files: ['f1'] }))
    expect(body).toMatchObject({ lon: 104.07, lat: 30.66, datum: 'wgs84', reporter: { phone: '13800000000' }, files: ['f1'] })
  })

  it('is worth keeping once anything is there', () => {
    expect(started(report({}))).toBe(false)
    expect(started(report({ text: '  ' }))).toBe(false)
    for (const given of [{ text: '路' }, { address: '天仙桥' }, { files: ['f'] }, { lon: 104, lat: 30 }]) {
      expect(started(report(given))).toBe(true)
    }
  })

  it('goes through each door by its own steps', () => {
    expect(steps.appeal).toEqual(['photo', 'place', 'words', 'done'])
    expect(stepBeside('appeal', 'place', 1)).toBe('words')
    expect(stepBeside('enquiry', 'words', -1)).toBeUndefined()
  })
})

describe('a tracking code', () => {
  it.each([
    ['k7q2-m9xr tw4h', 'K7Q2M9XRTW4H'],
    ['Ｋ７Ｑ２', 'K7Q2'],
    [' — ', ''],
  ])('typed as %j is %j', (typed, code) => expect(cleanCode(typed)).toBe(code))

  it('is shown in groups of four', () => {
    expect(spacedCode('K7Q2M9XRTW4H')).toBe('K7Q2-M9XR-TW4H')
    expect(spacedCode('K7Q2-M9XR-T')).toBe('K7Q2-M9XR-T')
    expect(spacedCode('')).toBe('')
  })
})

describe('categories', () => {
  const tree = [
    { code: 'city', name: '市容', name_en: 'City' },
    { code: 'city.light', parent: 'city', name: '路灯', name_en: 'Street light' },
    { code: 'city.road', parent: 'city', name: '道路', name_en: '' },
    { code: 'other', name: '其他', name_en: 'Other' },
  ]

  it('are chosen by their leaves, under the root they belong to', () => {
    expect(groupCategories(tree, 'zh-CN')).toEqual([
      { code: 'city', name: '市容', items: [{ code: 'city.light', name: '路灯' }, { code: 'city.road', name: '道路' }] },
      { code: 'other', name: '其他', items: [{ code: 'other', name: '其他' }] },
    ])
  })

  it('are named in English where there is a name', () => {
    expect(groupCategories(tree, 'en')[0]?.items.map((item) => item.name)).toEqual(['Street light', '道路'])
  })

  it('of a broken tree still end', () => {
    const loop = [
      { code: 'a', parent: 'b', name: 'a', name_en: '' },
      { code: 'b', parent: 'a', name: 'b', name_en: '' },
      { code: 'c', parent: 'a', name: 'c', name_en: '' },
      { code: 'd', parent: 'gone', name: 'd', name_en: '' },
    ]
    expect(groupCategories(loop, 'zh-CN').flatMap((group) => group.items.map((item) => item.code))).toEqual(['c', 'd'])
  })
})
