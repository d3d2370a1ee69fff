import { describe, expect, it } from 'vitest'
import type { Category } from '../shared/wire'
import { matching, tidyWords, treeRows } from './categories'

const category = (code: string, sort: number, name = code, words = ''): Category => ({
  code, parent: code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : undefined, name, name_en: code, kind: '', severity: '',
  public: false, words, active: true, sort, version: 1,
})

const list = [category('b', 2), category('a', 1), category('a.y', 4), category('a.x', 3, '噪音', '广场舞 喧哗'), category('lost.z', 5)]

describe('the tree of categories', () => {
  it('puts each below its parent, in order', () => {
    expect(treeRows(list).map(({ category, depth }) => `${depth} ${category.code}`)).toEqual(['0 a', '1 a.x', '1 a.y', '0 b', '0 lost.z'])
  })

  it('keeps what is above a match', () => {
    expect(matching(treeRows(list), '广场舞').map(({ category }) => category.code)).toEqual(['a', 'a.x'])
    expect(matching(treeRows(list), '没有')).toEqual([])
    expect(matching(treeRows(list), ' ')).toHaveLength(5)
  })
})

describe('hint words', () => {
  it('are kept with single spaces, each once', () => {
    expect(tidyWords(' 噪音，喧哗、 噪音\n吵闹; 太吵 ')).toBe('噪音 喧哗 吵闹 太吵')
  })
})
