import { beforeEach, expect, it } from 'vitest'
import { useDraft } from './draft'
import { stored } from './stored'

beforeEach(() => stored.remove('draft.test'))
const start = () => ({ text: '', lon: null as number | null, files: [] as string[] })

it('keeps every letter at once and gives it back', () => {
  useDraft('test', start).draft.text = '路灯不亮'
  const again = useDraft('test', start)
  expect(again.draft.text).toBe('路灯不亮')
  again.draft.files.push('f1')
  expect(useDraft('test', start).draft.files).toEqual(['f1'])
})

it('forgets when it was sent', () => {
  const { draft, clear } = useDraft('test', start)
  draft.text = '路灯不亮'
  clear()
  expect(draft.text).toBe('')
  expect(stored.get('draft.test')).toBeNull()
})

it('survives a broken or older draft', () => {
  stored.set('draft.test', '{"text": 5, "lon": 104.1, "gone": true')
  expect(useDraft('test', start).draft).toEqual(start())
  stored.set('draft.test', '{"text": 5, "lon": 104.1, "gone": true}')
  expect(useDraft('test', start).draft).toEqual({ ...start(), lon: 104.1 })
})
