type Problem = { default: { headers: Record<string, unknown>; content: { 'application/problem+json': { code?: string } } } }
type Answer<T, P, Q = never> = {
  parameters: { query?: Q; header?: { 'Idempotency-Key'?: string }; path: P; cookie?: never }
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': T } } } & Problem
}
type None = never
type Challenged<T> = Omit<T, 'parameters'> & { parameters: { query?: never; header?: { 'Idempotency-Key'?: string; 'X-Gezhi-Challenge'?: string }; path?: never; cookie?: never } }
type Get<T, Q = never> = Omit<Answer<T, None>, 'parameters'> & { parameters: { query?: Q; header?: never; path?: never; cookie?: never } }
type Send<B, T> = Get<T> & { requestBody: { content: { 'application/json': B } } }

export interface Me {
  id: string
  login: string
  name: string
  /** Only a new password is possible now. */
  must_change: boolean
  posts: { id: string; role: string; unit?: { id: string; name: string }; area?: { id: string; name: string } }[]
  permissions: string[]
}

interface FirstAdmin { login: string; name: string; password: string }

interface Letter {
  number: string; state: string; kind: string; title: string; text: string; address?: string; received_at: number
  steps: { at: number; do: string; unit?: string; text?: string }[] | null
  files: string[] | null
  answer?: string; can_rate: boolean; rating?: { solved: boolean; satisfaction: number }
}

export interface paths {
  '/api/v1/session': {
    get: Get<{ account: Me | null }>
    post: Send<{ login: string; password: string }, { token: string; account: Me | null }>
    delete: Get<never>
  }
  '/api/v1/session/password': { post: Send<{ old: string; new: string }, never> }
  '/api/v1/setup': {
    get: Get<{ needed: boolean; here: boolean }>
    post: Send<
      { name: string; one_admin?: boolean; suite?: 'sm' | 'aes'; admins: { system: FirstAdmin; security: FirstAdmin; audit: FirstAdmin } },
      { name: string; one_admin: boolean; warnings: string[] }
    >
  }
  '/api/v1/public/page': {
    get: Get<{
      name: string; demo: boolean; setup_needed: boolean; version: string
      accounts?: { login: string; role: string; name: string; about: { zh: string; en: string } }[]
    }>
  }
  '/api/v1/public/challenge': { get: Get<{ challenge: string; bits: number }> }
  '/api/v1/public/categories': { get: Get<{ items: { code: string; parent?: string; name: string; name_en: string }[] | null }> }
  '/api/v1/public/places': {
    get: Get<{ items: { id: string; name: string; kind: string; lon?: number; lat?: number }[] | null }, { q?: string; limit?: number }>
  }
  '/api/v1/public/reports': {
    post: Challenged<
      Send<
        {
          text: string; title?: string; kind?: string; category?: string; lon?: number; lat?: number; datum?: string
          address?: string; reporter?: { name?: string; phone?: string }; files?: string[] | null
        },
        { code: string; number: string }
      >
    >
  }
  '/api/v1/public/reports/{code}': { get: Answer<Letter, { code: string }> }
  '/api/v1/public/reports/{code}/rating': {
    post: Answer<Letter, { code: string }> & {
      requestBody: { content: { 'application/json': { solved: boolean; satisfaction: number; text?: string } } }
    }
  }
}
