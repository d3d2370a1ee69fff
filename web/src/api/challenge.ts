import { api, call } from './client'
import { ApiError } from './error'
import { firstWord } from './sha256'

/** Lets the page breathe between slices of work. */
const pause = () => new Promise((resolve) => setTimeout(resolve))
const slice = 4000

/** Finds n so that the SHA-256 of `challenge.n` begins with so many zero bits, and gives `challenge.n`. */
export async function solve(challenge: string, bits: number): Promise<string> {
  for (let n = 0; ; n++) {
    const answer = `${challenge}.${n}`
    if (Math.clz32(firstWord(answer)) >= bits) return answer
    if (n % slice === slice - 1) await pause()
  }
}

/** The header that carries an answered challenge. */
export type ChallengeHeader = { 'X-Gezhi-Challenge'?: string }

/**
 * Sends a request of somebody without an account. When many come from the same address the server asks for proof that
 * a browser takes the trouble; it is found and the request sent again, and the person notices a second's wait at most.
 */
export async function withChallenge<T>(send: (headers: ChallengeHeader) => Promise<T>): Promise<T> {
  try {
    return await send({})
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 428) throw error
    const { challenge, bits } = await call(api.GET('/api/v1/public/challenge'))
    return send({ 'X-Gezhi-Challenge': await solve(challenge, bits) })
  }
}
