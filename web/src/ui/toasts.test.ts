import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { dismiss, offerUndo, say, takeBack, toasts } from './toasts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  for (const toast of [...toasts]) dismiss(toast.id)
  vi.useRealTimers()
})

it('offers to take back for ten seconds', () => {
  offerUndo('已派单', async () => undefined)
  vi.advanceTimersByTime(9_900)
  expect(toasts).toHaveLength(1)
  vi.advanceTimersByTime(200)
  expect(toasts).toHaveLength(0)
})

it('takes back once and says when that was refused', async () => {
  const failed = vi.fn()
  const undo = vi.fn().mockRejectedValue(new Error('已被接单'))
  const id = offerUndo('已派单', undo)
  expect(await takeBack(id, failed)).toBe(false)
  expect(await takeBack(id, failed)).toBe(false)
  expect(undo).toHaveBeenCalledOnce()
  expect(failed).toHaveBeenCalledOnce()
})

it('has nothing to take back where nothing was offered', async () => {
  expect(await takeBack(say('已保存'), vi.fn())).toBe(false)
})
