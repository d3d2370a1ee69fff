import type { FieldError } from '@/api/error'

export interface Option {
  value: string
  label: string
}

export interface PlaceValue {
  lon: number
  lat: number
  address?: string
}

/** The types of answer that the server may ask for with an action. */
export type AskType =
  | 'string'
  | 'text'
  | 'choice'
  | 'unit'
  | 'person'
  | 'area'
  | 'category'
  | 'bool'
  | 'int'
  | 'minutes'
  | 'place'
  | 'files'
  | 'time'

/** One thing that an action asks for, as the server says it. */
export interface Ask {
  name: string
  type: AskType | (string & {})
  required?: boolean
  options?: Option[] | null
  proposed?: unknown
}

export type Answers = Record<string, unknown>

/** Finds options by name where the server gave none, because there are too many to list. */
export type Lookup = (type: string, query: string) => Promise<Option[]>

const numbers = new Set(['int', 'minutes'])

/** What the form starts with: kept words of an earlier attempt, then what the server proposes. */
export function startAnswers(asks: Ask[], kept: Answers = {}): Answers {
  const answers: Answers = {}
  for (const ask of asks) {
    const start = kept[ask.name] ?? ask.proposed
    if (ask.type === 'files') answers[ask.name] = Array.isArray(start) ? start : []
    else if (ask.type === 'bool') answers[ask.name] = start === true
    else if (start !== undefined && start !== null) answers[ask.name] = start
    // A single required option leaves nothing to choose.
    else if (ask.required && ask.options?.length === 1) answers[ask.name] = ask.options[0]?.value
  }
  return answers
}

function given(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== null
}

/** What the browser can see to be missing; the server decides, this only saves a round trip. */
export function missing(asks: Ask[], answers: Answers): FieldError[] {
  return asks
    .filter((ask) => ask.required && ask.type !== 'bool' && !given(answers[ask.name]))
    .map((ask) => ({ field: ask.name, code: 'field.required' }))
}

/** The body to send: only what is asked and given, numbers as numbers. */
export function payload(asks: Ask[], answers: Answers): Answers {
  const body: Answers = {}
  for (const ask of asks) {
    const value = answers[ask.name]
    if (ask.type === 'bool') body[ask.name] = value === true
    else if (!given(value)) continue
    else if (numbers.has(ask.type)) body[ask.name] = Number(value)
    else if (typeof value === 'string') body[ask.name] = value.trim()
    else body[ask.name] = value
  }
  return body
}

/** How options are best shown: few as chips that are all in sight, many as a list with search. */
export function asChips(ask: Ask): boolean {
  return ask.type === 'choice' && (ask.options?.length ?? 0) <= 5
}
