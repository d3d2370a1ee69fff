import { describe, expect, it } from 'vitest'
import { boxOf, crossings, moved, ringsOf, snap, type Place } from './draw'

const square: Place[] = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
const flat = (a: Place, b: Place) => Math.hypot(a[0] - b[0], a[1] - b[1]) * 100

describe('drawing on the map', () => {
  it('finds where a ring crosses itself, and only there', () => {
    expect(crossings([[0, 0], [1, 1], [1, 0], [0, 1]], true)).toEqual([[0.5, 0.5]])
    expect(crossings([[0, 0], [1, 0], [1, 1], [0, 1]], true)).toEqual([])
    expect(crossings([[0, 0], [1, 1], [1, 0]])).toEqual([])
    expect(crossings([[0, 0], [2, 2], [2, 0], [0, 2]])).toHaveLength(1)
  })

  it('moves a corner that two areas share in both of them', () => {
    const move = [{ from: [1, 0] as Place, to: [1.2, 0.1] as Place }]
    const east = { type: 'Polygon' as const, coordinates: [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]] }
    expect(ringsOf(moved({ type: 'Polygon', coordinates: [square] }, move))[0]).toContainEqual([1.2, 0.1])
    expect(ringsOf(moved(east, move))[0]?.[0]).toEqual([1.2, 0.1])
    expect(ringsOf(moved(east, move))[0]?.at(-1)).toEqual([1.2, 0.1])
  })

  it('makes a corner of a point on an edge, and takes a corner out', () => {
    const bent = ringsOf(moved({ type: 'Polygon', coordinates: [square] }, [{ from: [0.5, 0], to: [0.5, -0.2] }]))[0]
    expect(bent).toEqual([[0, 0], [0.5, -0.2], [1, 0], [1, 1], [0, 1], [0, 0]])
    const cut = ringsOf(moved({ type: 'Polygon', coordinates: [square] }, [{ from: [1, 1], to: [1, 1], drop: true }]))[0]
    expect(cut).toHaveLength(4)
  })

  it('pulls to a corner before an edge, and leaves what is far', () => {
    expect(snap([0.98, 0.02], [square], flat)).toEqual([1, 0])
    expect(snap([0.5, 0.05], [square], flat)).toEqual([0.5, 0])
    expect(snap([0.5, 0.5], [square], flat)).toBeUndefined()
  })

  it('knows the box around rings', () => {
    expect(boxOf([square])).toEqual([0, 0, 1, 1])
    expect(boxOf([])).toBeUndefined()
  })
})
