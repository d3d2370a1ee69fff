import { beforeEach, expect, it } from 'vitest'
import { useHistory } from './history'

beforeEach(() => localStorage.clear())

it('goes back and forth, and one drag is one step', () => {
  const drawn = useHistory<number[]>('h1', [])
  drawn.set([1])
  drawn.set([1, 2])
  drawn.set([1, 3], true)
  drawn.undo()
  expect(drawn.value.value).toEqual([1])
  drawn.redo()
  expect(drawn.value.value).toEqual([1, 3])
  drawn.undo()
  drawn.set([9])
  expect(drawn.canRedo.value).toBe(false)
})

it('is there again after the page was left, and gone when it is done', () => {
  useHistory<number[]>('h2', []).set([4])
  const again = useHistory<number[]>('h2', [])
  expect(again.value.value).toEqual([4])
  expect(again.restored.value).toBe(true)
  again.clear()
  expect(useHistory<number[]>('h2', []).value.value).toEqual([])
})
