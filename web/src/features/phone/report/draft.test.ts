import { beforeAll, describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { localId } from '../outbox/item'
import { filesOf, reportBody, textOf, useMaking } from './draft'

beforeAll(withMessages)
const draft = { text: '', category: '', address: '', lon: null, lat: null, byHand: false, details: {} }

describe('a report that nobody typed', () => {
  it('says what and where, and that the rest is to be seen or heard', () => {
    expect(textOf(draft, '井盖缺失', 1, 0, '青禾庭')).toBe('井盖缺失（见照片），青禾庭')
    expect(textOf({ ...draft, address: '3 栋' }, '', 0, 1, '青禾庭')).toBe('现场情况（见录音），3 栋')
    expect(textOf({ ...draft, text: ' 有人受伤 ' }, '井盖缺失', 1, 0, '')).toBe('有人受伤')
  })
})

describe('the body of a report', () => {
  it('holds what is known and names its files', () => {
    const making = { draft: { ...draft, lon: 104, lat: 30, category: 'c1' }, photos: [localId('p')], sounds: [localId('s')] }
    expect(reportBody(making, '井盖')).toEqual({ text: '井盖', channel: 'patrol', category: 'c1', lon: 104, lat: 30, datum: 'wgs84', files: ['local:p', 'local:s'] })
    expect(reportBody({ draft, photos: [], sounds: [] }, '井盖')).toEqual({ text: '井盖', channel: 'patrol' })
  })

  it('belongs to the account that makes it', () => {
    const mine = useMaking('a1')
    mine.draft.text = '写到一半'
    mine.files.p = { blob: new Blob(['x']), name: 'a.jpg' }
    mine.photos = [localId('p')]
    expect(Object.keys(filesOf(mine))).toEqual(['p'])
    expect(useMaking('a2').draft.text).toBe('')
    expect(useMaking('a1').draft.text).toBe('写到一半')
    mine.clear()
    expect([mine.draft.text, mine.photos.length, Object.keys(mine.files).length]).toEqual(['', 0, 0])
  })
})
