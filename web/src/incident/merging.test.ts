import { describe, expect, it, vi, beforeEach } from 'vitest'
import { toasts } from '@/ui/toasts'
import { mergeOf, offerUnmerge, unmergeOf } from './merging'
import { anIncident, anOffer } from './testing'

const act = vi.hoisted(() => vi.fn())
vi.mock('./api', () => ({ act, readIncident: vi.fn() }))
vi.mock('@/api/live', () => ({ live: { listen: () => () => undefined } }))

const into = { id: 'b', number: 'B', state: 'reported', channel: 'hotline', received_at: 1 }
const merged = () => anIncident({ id: 'a', number: 'A', state: 'merged', into, actions: [anOffer('unmerge')] })

describe('merging', () => {
  beforeEach(() => {
    toasts.splice(0)
    act.mockReset()
  })

  it('knows no rule of its own: it is offered or not', () => {
    expect(mergeOf(anIncident({ actions: [anOffer('merge')] }))?.do).toBe('merge')
    expect(mergeOf(merged())).toBeUndefined()
    expect(unmergeOf(merged())?.do).toBe('unmerge')
  })

  it('can be taken back from the toast', async () => {
    const done = vi.fn()
    const after = anIncident({ id: 'a', state: 'accepted' })
    act.mockResolvedValue(after)
    expect(offerUnmerge(merged(), done)).toBe(true)
    await toasts[0]?.undo?.()
    expect(act.mock.calls[0]?.slice(0, 3)).toEqual(['a', 'unmerge', {}])
    expect(done).toHaveBeenCalledWith(after)
  })

  it('offers nothing where the server does not', () => {
    expect(offerUnmerge(anIncident({ id: 'a', state: 'merged', into }), vi.fn())).toBe(false)
    expect(toasts).toEqual([])
  })
})
