import { expect, it } from 'vitest'
import { sized } from './upkeep'

it('says bytes as people do', () => {
  expect(sized(0)).toBe('0 B')
  expect(sized(999)).toBe('999 B')
  expect(sized(1234)).toBe('1.2 KB')
  expect(sized(999_600)).toBe('1.0 MB')
  expect(sized(71_900_000_000)).toBe('72 GB')
  expect(sized(5e15)).toBe('5000 TB')
})
