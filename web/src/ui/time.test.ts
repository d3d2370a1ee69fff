import { beforeAll, describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { duration, exactTime, relativeTime, remaining } from './time'

beforeAll(withMessages)

const now = new Date(2026, 10, 22, 12, 0, 0).getTime()
const minutes = 60_000
const hours = 60 * minutes

describe('relativeTime', () => {
  it.each([
    [now - 10_000, '刚刚'],
    [now + 20_000, '刚刚'],
    [now - 50_000, '1 分钟前'],
    [now - 3 * minutes, '3 分钟前'],
    [now - 2.9 * hours, '2 小时前'],
    [now - 14 * hours, '昨天 22:00'],
    [now + 3 * hours, '15:00'],
    [now + 24 * hours, '明天 12:00'],
    [new Date(2026, 10, 3, 9, 5).getTime(), '11月3日 09:05'],
    [new Date(2025, 10, 3, 9, 5).getTime(), '2025年11月3日 09:05'],
  ])('says %i as %s', (at, said) => expect(relativeTime(at, now)).toBe(said))
})

describe('duration', () => {
  it.each([
    [0, '0 秒'],
    [200_000, '3 分 20 秒'],
    [180_000, '3 分'],
    [2 * hours + 5 * minutes, '2 小时 5 分'],
    [27 * hours, '1 天 3 小时'],
    [24 * hours + 5 * minutes, '1 天'],
    [-720_000, '12 分'],
  ])('says %i ms as %s', (length, said) => expect(duration(length)).toBe(said))
})

it('says what is left and what is over', () => {
  expect(remaining(now + 200_000, now)).toEqual({ text: '还剩 3 分 20 秒', overdue: false })
  expect(remaining(now - 720_000, now)).toEqual({ text: '超时 12 分', overdue: true })
})

it('is exact on hover', () => expect(exactTime(now + 1000)).toBe('2026-11-22 12:00:01'))
