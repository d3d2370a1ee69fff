type Problem = { default: { headers: Record<string, unknown>; content: { 'application/problem+json': { code?: string } } } }
type Answer<T, P, Q = never> = {
  parameters: { query?: Q; header?: { 'Idempotency-Key'?: string }; path: P; cookie?: never }
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': T } } } & Problem
}
type None = never
type Get<T, Q = never> = Omit<Answer<T, None>, 'parameters'> & { parameters: { query?: Q; header?: never; path?: never; cookie?: never } }
type Send<B, T> = Get<T> & { requestBody: { content: { 'application/json': B } } }

export interface Account { id: string; login: string; name: string; must_change_password?: boolean; permissions?: string[] | null }

export interface paths {
  '/api/v1/session': {
    get: Get<{ account: Account | null }>
    post: Send<{ login: string; password: string }, { token: string; account: Account }>
    delete: Get<Record<string, never>>
  }
  '/api/v1/public/page': {
    get: Get<{ name: string; demo: boolean; setup_needed: boolean; accounts?: { login: string; role: string; name: string; about: string }[] | null }>
  }
  '/api/v1/public/categories': { get: Get<{ items: { code: string; name: string }[] | null }> }
  '/api/v1/public/places': {
    get: Get<{ items: { name: string; kind: string; lon: number; lat: number }[] }, { q?: string; limit?: number }>
  }
  '/api/v1/public/reports': {
    post: Send<
      {
        text: string; title?: string; kind?: string; category?: string; lon?: number; lat?: number; datum?: string
        address?: string; reporter?: { name?: string; phone?: string }; files?: string[]
      },
      { code: string; number: string }
    >
  }
  '/api/v1/public/reports/{code}': {
    get: Answer<
      {
        number: string; state: string; title: string; text: string; received_at: number
        steps: { at: number; do: string; unit?: string; text?: string }[] | null
        answer?: string; can_rate: boolean; rating?: { solved: boolean; satisfaction: number; text?: string }
      },
      { code: string }
    >
  }
  '/api/v1/public/reports/{code}/rating': {
    post: Answer<Record<string, never>, { code: string }> & {
      requestBody: { content: { 'application/json': { solved: boolean; satisfaction: number; text?: string } } }
    }
  }
}
