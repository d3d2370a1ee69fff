import { language } from '@/i18n'
import type { components } from '@/api/schema'

export type DetailField = components['schemas']['IncidentField']
export type DetailView = components['schemas']['IncidentDetailView']

/** What was put into the fields, by their names; numbers stay as they were typed until they are sent. */
export type DetailAnswers = Record<string, unknown>

interface Known {
  code: string
  parent?: string
  fields?: DetailField[]
}

interface Labelled {
  label: string
  label_en: string
}
export const labelOf = (named: Labelled) => (language() === 'en' ? named.label_en : named.label)
export const hintOf = (field: DetailField) => (language() === 'en' ? field.hint_en : field.hint) ?? ''
export const textOf = (detail: DetailView) => (language() === 'en' ? detail.text_en : detail.text)

/** What a category asks, with what it inherits: what stands above first; of two with one name the lower one holds. */
export function detailFields(categories: readonly Known[] | undefined, code: string | undefined): DetailField[] {
  const byCode = new Map((categories ?? []).map((category) => [category.code, category]))
  const chain: DetailField[][] = []
  for (let at = byCode.get(code ?? ''); at && chain.length < 16; at = byCode.get(at.parent ?? '')) chain.unshift(at.fields ?? [])
  const fields = new Map<string, DetailField>()
  for (const field of chain.flat()) fields.set(field.name, field)
  return [...fields.values()].filter((field) => !field.retired)
}

function sendable(field: DetailField, typed: unknown): unknown {
  if (typeof typed !== 'string') return typed
  const text = typed.trim()
  if (text === '') return undefined
  const number = Number(text)
  // What is no number goes as it is: the server says so beside the field, and it stays to be mended.
  return field.type === 'number' && Number.isFinite(number) ? number : text
}

/** The answers to send: only those that are asked and given; undefined when there are none. */
export function detailsBody(fields: DetailField[], answers: DetailAnswers | undefined): Record<string, unknown> | undefined {
  const given = fields.flatMap((field) => {
    const value = sendable(field, answers?.[field.name])
    return value === undefined || value === null ? [] : [[field.name, value] as const]
  })
  return given.length ? Object.fromEntries(given) : undefined
}

/** What is answered already, to begin a form with. */
export const knownAnswers = (details: readonly DetailView[] | undefined): DetailAnswers =>
  Object.fromEntries((details ?? []).map(({ name, value }) => [name, value]))

/** What differs from what was there before; an answer that was emptied is null. */
export function detailChanges(fields: DetailField[], before: DetailAnswers, now: DetailAnswers): Record<string, unknown> | undefined {
  const changed = fields.flatMap((field) => {
    const value = sendable(field, now[field.name]) ?? null
    return value === (before[field.name] ?? null) ? [] : [[field.name, value] as const]
  })
  return changed.length ? Object.fromEntries(changed) : undefined
}
