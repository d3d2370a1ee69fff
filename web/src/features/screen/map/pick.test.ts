import { describe, expect, it } from 'vitest'
import { mostPulses, Picker } from './pick'
import { flag, mercator, PointStore, type Put } from './point-store'

const epoch = Date.UTC(2026, 10, 22)
const all = { west: -0.006, north: -0.006, east: 0.006, south: 0.006 }
/** About a metre, in parts of the world. */
const metre = 1 / 34_000_000

function storeOf(...points: Partial<Put>[]): PointStore {
  const store = new PointStore(mercator(104, 30), epoch)
  for (const [n, point] of points.entries()) store.put({ id: `p${n}`, lon: 104, lat: 30, mark: 0, flags: 0, at: epoch, quiet: false, ...point })
  return store
}

describe('Picker', () => {
  it('draws of many points on one spot the one that matters most, and no other', () => {
    const picker = new Picker()
    const there = { west: -metre * 50, north: -metre * 50, east: metre * 50, south: metre * 50 }
    picker.pick(storeOf({}, { flags: flag.emergency }, { flags: flag.overdue }, {}), there, 10 * metre, 5000, 120)
    expect([...picker.places]).toEqual([2])
    picker.pick(storeOf({}, { flags: flag.overdue }, { at: epoch + 4_990_000 }), there, 10 * metre, 5000, 120)
    expect([...picker.places], 'what is new comes first').toEqual([2])
    expect(picker.fresh).toBe(true)
  })

  it('draws each of several spots, what stands out last, so that it lies on top', () => {
    const picker = new Picker()
    picker.pick(storeOf({ flags: flag.overdue }, { lon: 104.01 }, { lon: 104.02 }), all, 10 * metre, 5000, 120)
    expect([...picker.places].sort()).toEqual([0, 1, 2])
    expect(picker.places.at(-1)).toBe(0)
  })

  it('leaves out what is not in sight and what was removed', () => {
    const store = storeOf({}, { lon: 104.5 }, { lat: 30.001 })
    store.remove('p2')
    const picker = new Picker()
    picker.pick(store, { west: -0.0001, north: -0.0001, east: 0.0001, south: 0.0001 }, 10 * metre, 5000, 120)
    expect([...picker.places]).toEqual([0])
  })

  it('lets so many pulse at most: new ones, then overdue emergencies, then what waits longest', () => {
    const late = Array.from({ length: mostPulses + 20 }, (_, n) => ({ lon: 104 + n * 0.01, flags: flag.overdue, at: epoch + n * 1000 }))
    const picker = new Picker()
    picker.pick(storeOf(...late, { lon: 103, flags: flag.overdue | flag.emergency, at: epoch + 900_000 }, { lon: 102, at: epoch + 4_950_000 }), all, 10 * metre, 5000, 120)
    expect(picker.pulses.length).toBe(mostPulses)
    expect([...picker.pulses.slice(0, 4)]).toEqual([late.length + 1, late.length, 0, 1])
  })
})
