import { api, call } from '@/api/client'
import type { DetailField } from '@/incident/details'

export const fieldTypes = ['text', 'number', 'choice', 'bool', 'date'] as const

export type FieldOption = NonNullable<DetailField['options']>[number]

/** How many matters answer a field, before it is taken away. */
export const fieldUse = (code: string, name: string) =>
  call(api.GET('/api/v1/categories/{code}/fields/{name}/use', { params: { path: { code, name } } }))

/** A name that is not taken yet: `field_3`. */
function freeName(stem: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n++) if (!taken.includes(`${stem}${n}`)) return `${stem}${n}`
}

/** A field that asks nothing yet. */
export const newField = (fields: readonly DetailField[]): DetailField => ({
  name: freeName('field_', fields.map((field) => field.name)),
  label: '', label_en: '', type: 'text', hint: '', hint_en: '', wanted: true, residents: false,
})

export const newOption = (options: readonly FieldOption[] = []): FieldOption => ({
  value: freeName('o', options.map((option) => option.value)),
  label: '', label_en: '',
})

/** The list with one field exchanged with its neighbour among those that are asked. */
export function moved(fields: readonly DetailField[], name: string, by: 1 | -1): DetailField[] {
  const asked = fields.filter((field) => !field.retired)
  const at = asked.findIndex((field) => field.name === name)
  const [one, other] = [asked[at], asked[at + by]]
  if (!one || !other) return [...fields]
  return fields.map((field) => (field === one ? other : field === other ? one : field))
}

/** The list with one field changed. */
export const changed = (fields: readonly DetailField[], name: string, change: Partial<DetailField>): DetailField[] =>
  fields.map((field) => (field.name === name ? { ...field, ...change } : field))

/** Takes a field away: one that was never saved is gone, another stays retired so that answers keep their label. */
export function takenAway(fields: readonly DetailField[], name: string, saved: readonly DetailField[]): DetailField[] {
  if (!saved.some((field) => field.name === name)) return fields.filter((field) => field.name !== name)
  return changed(fields, name, { retired: true })
}
