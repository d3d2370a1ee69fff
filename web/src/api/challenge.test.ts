import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from './client'
import { solve, withChallenge } from './challenge'
import { ApiError } from './error'
import { firstWord } from './sha256'

afterEach(() => vi.restoreAllMocks())

describe('firstWord', () => {
  it.each(['', 'abc', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'y'.repeat(200)])('agrees with the platform on %j', (text) => {
    expect(firstWord(text)).toBe(createHash('sha256').update(text).digest().readUInt32BE(0))
  })
})

it('finds a number whose hash begins with zeros', async () => {
  const answer = await solve('k3-abc', 12)
  expect(answer).toMatch(/^k3-abc\.\d+$/)
  expect(createHash('sha256').update(answer).digest().readUInt32BE(0) >>> 20).toBe(0)
})

describe('withChallenge', () => {
  it('answers a challenge and sends again', async () => {
    vi.spyOn(api, 'GET').mockResolvedValue({ data: { challenge: 'c', bits: 4 }, response: new Response() } as never)
    const send = vi.fn().mockRejectedValueOnce(new ApiError(428, 'challenge.needed')).mockResolvedValueOnce('sent')
    expect(await withChallenge(send)).toBe('sent')
    expect(send.mock.calls[1]?.[0]).toHaveProperty('X-Gezhi-Challenge', expect.stringMatching(/^c\.\d+$/))
  })

  it('leaves other refusals alone', async () => {
    const send = vi.fn().mockRejectedValue(new ApiError(422, 'invalid'))
    await expect(withChallenge(send)).rejects.toMatchObject({ status: 422 })
    expect(send).toHaveBeenCalledOnce()
  })
})
