import type { FieldError } from '@/api/error'

/** A choice; without a label the value is a translation key. */
export interface Option {
  value: string
  label?: string
  /** The person that the option names is away until then (unix ms), and who stands in. */
  absent?: { until: number; delegate?: { id: string; name: string } }
}

export interface PlaceValue {
  lon: number
  lat: number
}

/** The types of answer that the server may ask for with an action; `place` is made here of lon, lat and datum. */
export type AskType = 'string' | 'text' | 'choice' | 'unit' | 'units' | 'person' | 'category' | 'bool' | 'int' | 'number' | 'time' | 'files' | 'record' | 'place'

/** One thing that an action asks for, as the server says it. */
export interface Ask {
  name: string
  type: AskType | (string & {})
  required?: boolean
  options?: Option[] | null
  proposed?: unknown
  /** Longest text, or largest number. */
  max?: number
  min?: number
  /** The field on whose value the options depend, as the people of the unit chosen there. */
  of?: string
  /** Of a moment to come: from when the usual choices count, unix ms; without it from now. */
  after?: number
}

export type Answers = Record<string, unknown>

/** Finds the options of a field that depends on another, for a value of that one. */
export type Dependent = (ask: Ask, value: string) => Promise<Option[]>

/** Finds options by name where the server gave none, because there are too many to list. */
export type Lookup = (type: string, query: string) => Promise<Option[]>

/** The name of the field that stands for lon, lat and datum. */
export const placeField = 'place'
const placeParts = ['lon', 'lat', 'datum']

/** The fields to draw: lon, lat and datum become one place, and files, which every action takes, come last. */
export function fieldsOf(asks: Ask[], files = true): Ask[] {
  const fields = asks.filter((ask) => !placeParts.includes(ask.name))
  const lon = asks.find((ask) => ask.name === 'lon')
  if (lon) {
    const lat = asks.find((ask) => ask.name === 'lat')
    const proposed = typeof lon.proposed === 'number' ? { lon: lon.proposed, lat: lat?.proposed } : undefined
    fields.unshift({ name: placeField, type: 'place', required: lon.required, proposed })
  }
  if (files && !fields.some((field) => field.type === 'files')) fields.push({ name: 'files', type: 'files' })
  return fields
}

/** What the form starts with: kept words of an earlier attempt, then what the server proposes. */
export function startAnswers(fields: Ask[], kept: Answers = {}): Answers {
  const answers: Answers = {}
  for (const field of fields) {
    const start = kept[field.name] ?? field.proposed
    if (field.type === 'files' || field.type === 'units') answers[field.name] = Array.isArray(start) ? start : []
    else if (start !== undefined && start !== null) answers[field.name] = start
    // A single required option leaves nothing to choose.
    else if (field.required && field.options?.length === 1) answers[field.name] = field.options[0]?.value
  }
  return answers
}

function given(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== null
}

/** What the browser can see to be missing; the server decides, this only saves a round trip. */
export function missing(fields: Ask[], answers: Answers): FieldError[] {
  return fields
    .filter((field) => field.required && !given(answers[field.name]))
    .map((field) => ({ field: field.name, code: 'field.required' }))
}

/** The body to send: only what is asked and given, numbers as numbers. */
export function payload(fields: Ask[], answers: Answers): Answers {
  const body: Answers = {}
  for (const field of fields) {
    const value = answers[field.name]
    if (!given(value)) continue
    if (field.type === 'place') Object.assign(body, value, { datum: 'wgs84' })
    else if (field.type === 'int' || field.type === 'number') body[field.name] = Number(value)
    else if (typeof value === 'string') body[field.name] = value.trim()
    else body[field.name] = value
  }
  return body
}

/** The field of the form that a server's field error belongs to. */
export function fieldOf(path: string): string {
  const name = path.split(/[.[]/)[0] ?? ''
  return placeParts.includes(name) ? placeField : name
}

const chipsAtMost = 7

/** Few choices are chips that are all in sight; a yes or no and a small scale are such choices too. */
export function chipsOf(field: Ask): { value: unknown; label?: string }[] | undefined {
  if (field.type === 'bool') return [{ value: true }, { value: false }]
  if (field.type === 'int' && field.max !== undefined && field.max - (field.min ?? 0) < chipsAtMost) {
    const low = field.min ?? 0
    return Array.from({ length: field.max - low + 1 }, (_, i) => ({ value: low + i }))
  }
  if (field.type === 'choice' && (field.options?.length ?? 0) <= chipsAtMost) return field.options ?? []
  return undefined
}
