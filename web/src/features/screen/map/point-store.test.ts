import { describe, expect, it } from 'vitest'
import { degrees, effect, flag, mercator, PointStore, stride, type Put } from './point-store'

const origin = mercator(104.07, 30.67)
const epoch = 1_800_000_000_000
const point = (id: string, change: Partial<Put> = {}): Put => ({ id, lon: 104.07, lat: 30.67, mark: 3, flags: 0, at: epoch, quiet: false, ...change })

function filled(n: number): PointStore {
  const store = new PointStore(origin, epoch)
  for (let i = 0; i < n; i++) store.put(point(`p${i}`, { lon: 104 + (i % 400) / 1000, lat: 30.5 + Math.floor(i / 400) / 1000 }))
  store.changes()
  return store
}

describe('the store of points', () => {
  it('sends what changed and nothing else', () => {
    const store = filled(100_000)
    expect(store.changes()).toEqual([])
    store.put(point('p10', { flags: flag.overdue }))
    store.put(point('p20', { mark: 5 }))
    store.put(point('p90000', { mark: 5 }))
    expect(store.changes()).toEqual([[10, 20], [90000, 90000]])
    expect(store.data[10 * stride + 12]).toBe(3 * 4 + 1)
    expect(store.data[10 * stride + 13]).toBe(effect.overdue)
  })

  it('sends all at once where much changed or the buffer grew', () => {
    const store = filled(1000)
    for (let n = 0; n < 400; n++) store.put(point(`p${n}`, { mark: 8 }))
    expect(store.changes()).toBe('all')
    for (let n = 1000; n < 1100; n++) store.put(point(`p${n}`))
    expect(store.changes()).toBe('all')
  })

  it('takes left places again, so that a month of changes needs no more room than a moment', () => {
    const store = filled(500)
    const { byteLength } = store.data
    for (let n = 0; n < 50_000; n++) {
      store.remove(`p${n}`)
      store.put(point(`p${n + 500}`))
    }
    expect([store.size, store.used, store.data.byteLength]).toEqual([500, 500, byteLength])
    store.keepOnly(new Set(['p50100']))
    expect([store.size, store.has('p50100'), store.has('p50101')]).toEqual([1, true, false])
  })

  it('finds the point under the hand, an overdue one first, and loses no metre on the way', () => {
    const store = filled(0)
    store.put(point('left', { lon: 104.0701, lat: 30.67 }))
    store.put(point('right', { lon: 104.0704, lat: 30.67, flags: flag.overdue }))
    const near = 0.001 / 360
    expect(store.nearest(mercator(104.07, 30.67), near)).toBe('left')
    expect(store.nearest(mercator(104.07026, 30.67), near)).toBe('right')
    expect(store.nearest(mercator(104.2, 30.67), near)).toBeUndefined()
    const at = degrees(store.position('right') ?? origin)
    expect(Math.abs(at.lon - 104.0704)).toBeLessThan(1e-7)
    expect(Math.abs(at.lat - 30.67)).toBeLessThan(1e-7)
  })
})
