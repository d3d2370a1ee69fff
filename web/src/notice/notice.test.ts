import { beforeEach, expect, it } from 'vitest'
import { setLanguage } from '@/i18n'
import { stored } from '@/ui/stored'
import { keepNotices, keptNotices, Marks, foremost, holding, wordingOf } from './shown'

const notice = { id: 'a', kind: 'notice' as const, title: '停水', text: '今晚停水', area: '', from: 100, until: 200 }

beforeEach(() => setLanguage('zh-CN'))

it('says a notice in the reader’s language, and marks what was not put into it', async () => {
  const both = { ...notice, title_en: 'Water off', text_en: 'No water tonight' }
  expect(wordingOf(both)).toEqual({ title: '停水', text: '今晚停水' })
  await setLanguage('en')
  expect(wordingOf(both)).toEqual({ title: 'Water off', text: 'No water tonight' })
  expect(wordingOf(notice)).toEqual({ title: '停水', text: '今晚停水', lang: 'zh-CN' })
})

it('shows of what was kept only what still holds', () => {
  expect(holding([notice], 99)).toEqual([])
  expect(holding([notice], 100)).toEqual([notice])
  expect(holding([notice], 200)).toEqual([])
})

it('puts emergencies first and counts the rest', () => {
  const list = [notice, { ...notice, id: 'b' }, { ...notice, id: 'c', kind: 'emergency' as const }]
  const { first, more } = foremost(list, 2, 3)
  expect(first.map(({ id }) => id)).toEqual(['c', 'a'])
  expect(more).toBe(4)
})

it('keeps notices by account, and nothing that is none', () => {
  keepNotices('wang', [notice])
  expect(keptNotices('wang')).toEqual([notice])
  expect(keptNotices('li')).toEqual([])
  stored.set('notices.li', '{"broken')
  expect(keptNotices('li')).toEqual([])
  stored.set('notices.li', '[{"id":1},null]')
  expect(keptNotices('li')).toEqual([])
})

it('marks each once, over many', () => {
  const marks = new Marks('test.marks')
  expect(marks.take(['a', 'b'])).toEqual(['a', 'b'])
  expect(new Marks('test.marks').take(['b', 'c'])).toEqual(['c'])
})
