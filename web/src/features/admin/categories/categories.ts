import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { DetailField } from '@/incident/details'
import type { Values } from '../shared/record-form'
import type { Category } from '../shared/wire'

/** What the form of a category holds. */
export interface CategoryForm extends Values {
  code: string
  name: string
  name_en: string
  kind: string
  severity: string
  public: boolean
  words: string
  active: boolean
  fields: DetailField[]
}

export const categoryForm = (category: Category | undefined): CategoryForm => ({
  code: category?.code ?? '',
  name: category?.name ?? '',
  name_en: category?.name_en ?? '',
  kind: category?.kind ?? '',
  severity: category?.severity ?? '',
  public: category?.public ?? false,
  words: category?.words ?? '',
  active: category?.active ?? true,
  fields: category?.fields ?? [],
})

export async function listCategories(): Promise<Category[]> {
  const answer: { items: Category[] | null } = await call(api.GET('/api/v1/categories'))
  return answer.items ?? []
}

export async function readCategory(code: string): Promise<Category> {
  const category = (await listCategories()).find((one) => one.code === code)
  if (!category) throw new Error(`no category ${code}`)
  return category
}

/** Makes (version 0) or changes a category. */
export function sendCategory(form: CategoryForm, parent: string, sort: number, version: number, intent: string): Promise<Category> {
  const { code } = form
  const body = { ...form, words: tidyWords(form.words), ...(parent ? { parent } : {}), sort, version }
  return call(api.PUT('/api/v1/categories/{code}', { params: { path: { code } }, body, headers: intentHeader(intent) }))
}

/** Moves a category before or behind its neighbour. */
export const moveCategory = (code: string, up: boolean) =>
  call(api.POST('/api/v1/categories/{code}/move', { params: { path: { code } }, body: { up } }))

/** Hint words as they are kept: with single spaces between, however they were typed, each once. */
export const tidyWords = (typed: string) => [...new Set(typed.split(/[\s,，、;；]+/).filter(Boolean))].join(' ')

export interface CategoryNode {
  category: Category
  depth: number
  children: number
}

/** The tree as rows in order: each category below its parent. */
export function treeRows(list: Category[]): CategoryNode[] {
  const known = new Set(list.map((one) => one.code))
  const below = new Map<string, Category[]>()
  for (const one of list) {
    const parent = one.parent && known.has(one.parent) ? one.parent : ''
    below.set(parent, [...(below.get(parent) ?? []), one])
  }
  const rows: CategoryNode[] = []
  const walk = (parent: string, depth: number) => {
    const children = [...(below.get(parent) ?? [])].sort((a, b) => a.sort - b.sort || a.code.localeCompare(b.code))
    for (const category of children) {
      rows.push({ category, depth, children: below.get(category.code)?.length ?? 0 })
      walk(category.code, depth + 1)
    }
  }
  walk('', 0)
  return rows
}

/** The rows whose own words match, with everything above them, so that the tree stays a tree. */
export function matching(rows: CategoryNode[], q: string): CategoryNode[] {
  const words = q.trim().toLowerCase()
  if (!words) return rows
  const keep = new Set<string>()
  for (const { category } of rows) {
    if (![category.name, category.name_en, category.code, category.words].some((text) => text.toLowerCase().includes(words))) continue
    for (let code = category.code; code; code = code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : '') keep.add(code)
  }
  return rows.filter(({ category }) => keep.has(category.code))
}
