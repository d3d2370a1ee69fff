import createClient from 'openapi-fetch'
import { learnTime } from './clock'
import { offline, problemError } from './error'
import type { paths } from './schema'

const signedOut = new Set<() => void>()

/** Calls back when the server no longer knows who is asking (401), so that the face can offer to sign in again. */
export function onSignedOut(callback: () => void): () => void {
  signedOut.add(callback)
  return () => signedOut.delete(callback)
}

/** Tells everybody who listens that the session is over. */
export function reportSignedOut(): void {
  for (const callback of signedOut) callback()
}

/** The typed client. Use it through `call`, which gives the data or throws an ApiError. */
export const api = createClient<paths>({
  baseUrl: '',
  credentials: 'same-origin',
  // The server reads a list in an address as one value with commas.
  querySerializer: { array: { style: 'form', explode: false } },
})
api.use({ onResponse: ({ response }) => learnTime(response.headers.get('Date')) })

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Waits for an answer and gives its data. Throws an ApiError when there is none or it is a refusal. */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  let got: Answer<T>
  try {
    got = await answer
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw offline()
  }
  if (got.response.ok) return got.data as T
  // A wrong password also answers 401, but there nobody was signed in before.
  if (got.response.status === 401 && !got.response.url.endsWith('/api/v1/session')) reportSignedOut()
  throw problemError(got.response.status, got.error)
}
