/** One thing wrong with the input; `field` is its path, e.g. `reporter.phone`. */
export interface FieldError {
  field: string
  code: string
  params?: Record<string, unknown>
}

interface Problem {
  status?: number
  code?: string
  detail?: string
  request_id?: string
  errors?: FieldError[]
  params?: Record<string, unknown>
  current?: unknown
}

/** A refused or failed request. Status 0 means that no answer came: the network, or the server, is away. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly fields: FieldError[] = [],
    readonly params: Record<string, unknown> = {},
    readonly requestId = '',
    /** With 409: the item as it is now. */
    readonly current: unknown = undefined,
  ) {
    super(`${status} ${code}`)
    this.name = 'ApiError'
  }

  /** True when the same request may simply be sent again: nothing was decided about it. */
  get again(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }

  fieldErrors(): Map<string, FieldError> {
    return new Map(this.fields.map((field) => [field.field, field]))
  }
}

/** Makes an ApiError of a problem+json body; anything else keeps its status only. */
export function problemError(status: number, body: unknown): ApiError {
  const problem: Problem = body !== null && typeof body === 'object' ? body : {}
  return new ApiError(
    status,
    problem.code || `status.${status}`,
    Array.isArray(problem.errors) ? problem.errors : [],
    problem.params,
    problem.request_id,
    problem.current,
  )
}

/** The error of a request that got no answer. */
export const offline = () => new ApiError(0, 'network')
