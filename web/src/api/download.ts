import { offline, problemError } from './error'
import { reportSignedOut } from './client'

/** Fetches a file and hands it to the person under a name. Throws an ApiError when the server refuses. */
export async function download(url: string, name: string, method: 'GET' | 'POST' = 'GET'): Promise<void> {
  let answer: Response
  try {
    answer = await fetch(url, { method, credentials: 'same-origin' })
  } catch {
    throw offline()
  }
  if (!answer.ok) {
    if (answer.status === 401) reportSignedOut()
    throw problemError(answer.status, await answer.json().catch(() => null))
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  // The browser has taken it over by the next turn; until then the address must hold.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The parts of an address that say what is asked for; empty ones are left out. */
export function queryOf(values: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === '' || value === false) continue
    const text = Array.isArray(value) ? value.join(',') : String(value)
    if (text) query.set(name, text)
  }
  const text = query.toString()
  return text && `?${text}`
}
