import { expect, it } from 'vitest'
import { draftOf, withMove, type Drawing } from './redraws'

const empty: Drawing = { line: [], moves: [], areas: [], parent: '', level: 'grid' }

it('asks for nothing before enough is drawn', () => {
  for (const mode of ['new', 'split', 'merge', 'border', 'parent'] as const) expect(draftOf(mode, empty, 'a', true)).toBeUndefined()
  expect(draftOf('split', { ...empty, line: [[1, 1], [2, 2]] }, 'a', true)).toEqual({ kind: 'split', areas: ['a'], line: [[1, 1], [2, 2]] })
})

it('closes the ring of a new area', () => {
  const draft = draftOf('new', { ...empty, line: [[0, 0], [1, 0], [1, 1]] }, 'p', true)
  expect(draft?.shape).toEqual({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] })
  expect(draft?.parent).toBe('p')
})

it('remembers where a point was at first, however often it is moved', () => {
  const once = withMove([], [1, 1], [2, 2])
  const twice = withMove(once, [2, 2], [3, 3])
  expect(twice).toEqual([{ from: [1, 1], to: [3, 3] }])
  expect(withMove(twice, [3, 3], [1, 1])).toEqual([])
})
