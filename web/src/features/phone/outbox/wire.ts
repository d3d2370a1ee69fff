import { call, api, reportSignedOut } from '@/api/client'
import { offline, problemError } from '@/api/error'
import { intentHeader } from '@/api/intent'
import { upload } from '@/api/upload'
import { learnTime } from '@/api/clock'
import type { Wire } from './send'

/** Longer than this and a lost connection only pretends to be one. */
const patience = 30_000

/** Sends a text that was made before, exactly as it is: the typed client would make a new one. */
async function post(path: string, body: string, key: string): Promise<unknown> {
  let answer: Response
  try {
    answer = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', ...intentHeader(key) },
      body,
      signal: AbortSignal.timeout?.(patience),
    })
  } catch {
    throw offline()
  }
  learnTime(answer.headers.get('Date'))
  const value: unknown = await answer.json().catch(() => undefined)
  // An answer that broke off is no answer: the same is sent again and gives the same result.
  if (answer.ok && value === undefined) throw offline()
  if (answer.ok) return value
  if (answer.status === 401) reportSignedOut()
  throw problemError(answer.status, value)
}

export const browserWire: Wire = {
  account: async () => (await call(api.GET('/api/v1/session'))).account?.id ?? '',
  upload: async (blob, name) => (await upload('/api/v1/files', new File([blob], name, { type: blob.type }))).id,
  post,
}
