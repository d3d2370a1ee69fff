import { expect, it } from 'vitest'
import { beatDue, beatEvery } from './beat'

it('sends the first position at once and then once a minute', () => {
  expect(beatDue(0, 5)).toBe(true)
  expect(beatDue(1_000, 1_000 + beatEvery - 1)).toBe(false)
  expect(beatDue(1_000, 1_000 + beatEvery)).toBe(true)
})

it('does not wait for a clock that was set back', () => {
  expect(beatDue(10_000_000, 5_000)).toBe(true)
})
