import { expect, it } from 'vitest'
import { askedAt, insertPhrase, matching, useOfField } from './phrases'

it('asks at the beginning and after a space or a mark, not inside a sentence', () => {
  expect(askedAt(';', 1)).toEqual({ from: 0, to: 1, words: '' })
  expect(askedAt('已到场。；联系', 7)).toEqual({ from: 4, to: 7, words: '联系' })
  expect(askedAt('车停在路口；还有', 8)).toBeUndefined()
  expect(askedAt('a; b', 4)).toBeUndefined()
  expect(askedAt(`;${'字'.repeat(13)}`, 14)).toBeUndefined()
})

it('finds phrases by what they hold, the beginning first', () => {
  const phrases = ['请带好联系方式', '联系物业处理', '已联系']
  expect(matching(phrases, '联系')).toEqual(['联系物业处理', '请带好联系方式', '已联系'])
  expect(matching(phrases, '')).toEqual(phrases)
  expect(matching(phrases, '没有')).toEqual([])
})

it('puts the phrase where it was asked for and the caret behind it', () => {
  expect(insertPhrase('前 ;联后', { from: 2, to: 4 }, '联系物业')).toEqual({ text: '前 联系物业后', caret: 6 })
})

it('knows which field wants which phrases', () => {
  expect([useOfField('text'), useOfField('answer'), useOfField('address')]).toEqual(['note', 'answer', undefined])
})
