import { api, call } from '@/api/client'
import { offline, problemError } from '@/api/error'
import { reportSignedOut } from '@/api/client'
import type { components } from '@/api/schema'
import { language, t, te } from '@/i18n'

/** A table that is being brought in. */
export type Job = components['schemas']['BulkJobView']
export type Line = components['schemas']['BulkLineView']
export type Result = Line['result']
export type Sheet = 'accounts' | 'units' | 'areas' | 'categories' | 'cameras'

/** Where a list is brought in; the way of the same name for areas takes boundaries. */
export const addressOf = (list: Sheet) => `/api/v1/${list === 'areas' ? 'area-names' : list}/import`

/** Sends a file to be looked at; nothing is written. */
export async function sendSheet(list: Sheet, file: File): Promise<Job> {
  const form = new FormData()
  form.append('file', file)
  let answer: Response
  try {
    answer = await fetch(`${addressOf(list)}?lang=${language()}`, { method: 'POST', body: form, credentials: 'same-origin' })
  } catch {
    throw offline()
  }
  const body: unknown = await answer.json().catch(() => null)
  if (answer.ok) return body as Job
  if (answer.status === 401) reportSignedOut()
  throw problemError(answer.status, body)
}

const one = (id: string) => ({ params: { path: { id } } })

export const readJob = (id: string): Promise<Job> => call(api.GET('/api/v1/imports/{id}', one(id)))
export const startJob = (id: string, whole: boolean): Promise<Job> => call(api.POST('/api/v1/imports/{id}/start', { ...one(id), body: { whole } }))
export const dropJob = (id: string): Promise<unknown> => call(api.DELETE('/api/v1/imports/{id}', one(id)))

export const readLines = (id: string, result: Result | '', after: number): Promise<{ items: Line[]; next: number }> =>
  call(api.GET('/api/v1/imports/{id}/rows', { params: { path: { id }, query: { result: result || undefined, after, limit: 50 } } }))

/** What a code of the server says, as a sentence. */
export function codeText(code: string, params: Record<string, unknown> = {}): string {
  const key = `errors.${code}`
  return te(key) ? t(key, params as Record<string, string | number>) : t('errors.unexpected')
}

/** The numbers of a job, for its sentences. */
export const countsOf = (job: Job) => ({ total: job.total, new: job.counts.new, changed: job.counts.changed, same: job.counts.same, error: job.counts.error })
