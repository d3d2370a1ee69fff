import { expect, it } from 'vitest'
import { shareText, shortTime } from './format'
import { sandboxOf } from './partner'
import { nextStop } from './tour'

it('says shares as they are published, and nothing where there was nothing to measure', () => {
  expect([911 / 972, 737 / 972, 5912 / 6026, 12_979 / 14_421].map((share) => shareText(share))).toEqual([
    '93.72\u202f%',
    '75.82\u202f%',
    '98.11\u202f%',
    '90.00\u202f%',
  ])
  expect(shareText(null)).toBeUndefined()
})

it('says times short', () => {
  const said = (ms: number) => Object.values(shortTime(ms)).join(' ')
  expect([18_400, 60_000, 90_000, 202_000, 300_000, 5_400_000, 9_000_000].map(said)).toEqual(['18 seconds', '1 minutes', '90 seconds', '3.4 minutes', '5 minutes', '90 minutes', '2.5 hours'])
})

it('goes round the areas and begins again, also from where it was led away', () => {
  expect(['', 'a', 'b', 'elsewhere'].map((here) => nextStop(here, ['a', 'b']))).toEqual(['a', 'b', '', ''])
  expect(nextStop('', [])).toBe('')
})

it('gives no page of our own address our session', () => {
  expect(sandboxOf('https://video.example/', 'https://wall.example')).toContain('allow-same-origin')
  expect(sandboxOf('https://wall.example/desk', 'https://wall.example')).not.toContain('allow-same-origin')
})
