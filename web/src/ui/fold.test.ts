import { describe, expect, it } from 'vitest'
import { fold } from './fold'

const loud = (word: string) => word.startsWith('!')
const shown = (words: string[]) => fold(words, loud).map(({ first, behind }) => [first, ...behind.map((word) => `(${word})`)].join(' '))

describe('folding neighbours that say much the same', () => {
  it('puts a long run behind its first, in order', () => {
    expect(shown(['a', '!1', '!2', '!3', 'b'])).toEqual(['a', '!1 (!2) (!3)', 'b'])
  })

  it('leaves a short run as it is', () => {
    expect(shown(['!1', '!2', 'a', '!3'])).toEqual(['!1', '!2', 'a', '!3'])
  })

  it('never joins runs over something else, and folds nothing that is not alike', () => {
    expect(shown(['!1', '!2', 'a', '!3', '!4', 'b', 'c', 'd'])).toEqual(['!1', '!2', 'a', '!3', '!4', 'b', 'c', 'd'])
    expect(shown([])).toEqual([])
  })
})
