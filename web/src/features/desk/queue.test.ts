import { describe, expect, it } from 'vitest'
import { appendPage, byDue, leftCount, markGone, mergeQueue, rowBeside, settleQueue, startQueue, updateRow, type Queue } from './queue'
import { anIncident } from '@/incident/testing'

/** Incidents named a, b, c..., the first received last. */
const some = (...ids: string[]) => ids.map((id) => anIncident({ id, received_at: 1000 - id.charCodeAt(0) }))
const ids = (queue: Queue) => queue.rows.map((row) => row.incident.id).join('')

describe('a queue', () => {
  it('keeps every row in its place when new ones come, and lets them wait', () => {
    const queue = mergeQueue(startQueue(some('c', 'd')), some('a', 'b', 'c', 'd'), true)
    expect(ids(queue)).toBe('cd')
    expect(queue.waiting.map((incident) => incident.id)).toEqual(['a', 'b'])
  })

  it('lets them in when asked, the newest first, and drops what left', () => {
    const queue = settleQueue(mergeQueue(startQueue(some('b', 'c', 'd')), some('a', 'b', 'd'), true))
    expect(ids(queue)).toBe('abd')
    expect(queue.waiting).toEqual([])
    expect(leftCount(queue)).toBe(0)
  })

  it('marks what somebody else finished and leaves it where it is', () => {
    const queue = mergeQueue(startQueue(some('a', 'b', 'c')), some('a', 'c'), true)
    expect(queue.rows.map((row) => row.left)).toEqual([undefined, 'moved', undefined])
    expect(leftCount(queue)).toBe(1)
  })

  it('takes the mark off when it comes back', () => {
    const away = mergeQueue(startQueue(some('a')), [], true)
    expect(mergeQueue(away, some('a'), true).rows[0]?.left).toBeUndefined()
  })

  it('does not take rows for finished that the page did not reach', () => {
    const queue = mergeQueue(startQueue(some('a', 'b', 'c')), some('a'), false)
    expect(leftCount(queue)).toBe(0)
    const overtaken = mergeQueue(startQueue(some('a', 'b', 'c')), some('b'), false)
    expect(overtaken.rows.map((row) => row.left)).toEqual(['moved', undefined, undefined])
  })

  it('shows a change in its place, and never an older version over a newer one', () => {
    const queue = updateRow(startQueue(some('a', 'b')), anIncident({ id: 'b', version: 4, title: '新' }))
    expect(queue.rows[1]?.incident.title).toBe('新')
    expect(mergeQueue(queue, [anIncident({ id: 'b', version: 3, title: '旧' })], false).rows[1]?.incident.title).toBe('新')
  })

  it('says of a row that left this person\'s reach that it is gone, also when it only waited', () => {
    const queue = markGone(mergeQueue(startQueue(some('b')), some('a', 'b'), true), 'a')
    expect(queue.waiting).toEqual([])
    expect(markGone(queue, 'b').rows[0]?.left).toBe('gone')
  })

  it('adds older pages at the end, each row once', () => {
    expect(ids(appendPage(startQueue(some('a', 'b')), some('b', 'c')))).toBe('abc')
  })

  it('steps from row to row and stops at the ends', () => {
    const queue = startQueue(some('a', 'b'))
    expect(rowBeside(queue, 'a', 1)).toBe('b')
    expect(rowBeside(queue, 'b', 1)).toBe('b')
    expect(rowBeside(queue, undefined, 1)).toBe('a')
    expect(rowBeside(startQueue([]), 'a', 1)).toBeUndefined()
  })
})

describe('a queue by what is due next', () => {
  const due = (id: string, at?: number) => anIncident({ id, due_at: at })

  it('knows of what it does not show by the due time, and puts what came where it belongs', () => {
    const before = startQueue([due('b', 20), due('d', 40), due('x', 90)], byDue)
    const now = mergeQueue(before, [due('a', 10), due('b', 20), due('c', 60)], false)
    expect(now.rows.map(({ incident, left }) => incident.id + (left ?? ''))).toEqual(['b', 'dmoved', 'x'])
    expect(ids(settleQueue(now))).toBe('abcx')
  })

  it('puts last what stands still', () => {
    expect([due('a'), due('b', 5)].sort(byDue).map(({ id }) => id)).toEqual(['b', 'a'])
  })
})
