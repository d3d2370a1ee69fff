import { expect, it } from 'vitest'
import type { Notice } from '@/notice/api'
import { blank, bodyOf, copyOf, periodOf } from './form'

const now = Date.UTC(2026, 2, 2, 1)

it('begins at once or at a time, and ends after a span or at a time', () => {
  expect(periodOf({ ...blank(), span: '4' }, now)).toEqual({ from: 0, until: now + 4 * 3_600_000 })
  const from = new Date(2026, 2, 3, 8).getTime()
  const later = { ...blank(), later: true, from: '2026-03-03T08:00' }
  expect(periodOf({ ...later, span: '1' }, now)).toEqual({ from, until: from + 3_600_000 })
  expect(periodOf({ ...later, span: 'at', until: '2026-03-03T09:30' }, now)).toEqual({ from, until: from + 90 * 60_000 })
  expect(periodOf({ ...later, span: 'at' }, now).until).toBe(0)
})

it('copies what was said and to whom, and not when', () => {
  const one = { kind: 'emergency', title: '积水', text: '绕行', area_id: 'a1', area: '北社区', audiences: ['phones'], from: 1, until: 2 } as unknown as Notice
  const form = copyOf(one)
  expect(form).toMatchObject({ kind: 'emergency', title: '积水', area: 'a1', area_name: '北社区', audiences: ['phones'], later: false, title_en: '' })
  expect(bodyOf(form, now, true)).toMatchObject({ confirmed: true, from: 0, until: now + 4 * 3_600_000 })
})
