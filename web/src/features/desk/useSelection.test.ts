import { nextTick, shallowRef } from 'vue'
import { expect, it } from 'vitest'
import { anIncident } from '@/incident/testing'
import { settleQueue, startQueue, mergeQueue } from './queue'
import { useSelection } from './useSelection'

const some = (...ids: string[]) => ids.map((id) => anIncident({ id, received_at: 1000 - id.charCodeAt(0) }))

it('chooses row by row, with the next, and all that are listed', () => {
  const { ids, toggle, extend, all, none } = useSelection(shallowRef(startQueue(some('a', 'b', 'c'))))
  toggle('c')
  toggle('c')
  expect(extend('a', 1)).toBe('b')
  expect([...ids.value]).toEqual(['a', 'b'])
  all()
  expect(ids.value.size).toBe(3)
  none()
  expect(ids.value.size).toBe(0)
})

it('lets go of what left the list, and not of what only waits to be tidied', async () => {
  const queue = shallowRef(startQueue(some('a', 'b')))
  const { ids, all } = useSelection(queue)
  all()
  queue.value = mergeQueue(queue.value, some('b'), true)
  await nextTick()
  expect(ids.value.size).toBe(2)
  queue.value = settleQueue(queue.value)
  await nextTick()
  expect([...ids.value]).toEqual(['b'])
})
