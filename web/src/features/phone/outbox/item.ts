import { toRaw } from 'vue'
import { newIntent } from '@/api/intent'

/** A photo or recording that is kept until it is sent; `stored` is its id once the server has it. */
export interface KeptFile {
  blob: Blob
  name: string
  stored?: string
}

/** Why the server refused something that was kept: shown with what can be done about it. */
export interface Refusal {
  status: number
  code: string
  params: Record<string, unknown>
  fields: { field: string; code: string; params?: Record<string, unknown> }[]
}

export type Kind = 'report' | 'act' | 'help'

/**
 * One thing that a person did, kept until the server has it. The id is its Idempotency-Key, so sending it again is
 * always safe. Files stand in the body as `local:<key>` until they are stored.
 */
export interface Item {
  id: string
  /** The account that did it; it is never sent as another. */
  account: string
  kind: Kind
  /** What it is, for the list: a title, and for an action its name in the flow. */
  title: string
  action?: string
  /** The incident that it belongs to. */
  incident?: string
  path: string
  body: Record<string, unknown>
  files: Record<string, KeptFile>
  /** When it was done, by this phone's clock; unix ms. */
  at: number
  /** Items are sent in this order; the clock may be set back meanwhile. */
  place: number
  /** The body as it was first sent: the same key must always carry the same content. */
  frozen?: string
  refused?: Refusal
}

/** The item as the browser's storage takes it: what pages hand over is wrapped to be watched, and cannot be stored. */
export const plain = (item: Item): Item => ({
  ...item,
  body: JSON.parse(JSON.stringify(item.body)) as Item['body'],
  files: Object.fromEntries(Object.entries(item.files).map(([key, file]) => [key, { ...file, blob: toRaw(file.blob) }])),
})

const mark = 'local:'

/** How a file that is not sent yet stands in a body. */
export const localId = (key: string) => mark + key
export const isLocal = (id: string) => id.startsWith(mark)
export const localKey = (id: string) => id.slice(mark.length)

type Draft = Pick<Item, 'account' | 'kind' | 'title' | 'path' | 'body'> & Partial<Pick<Item, 'action' | 'incident' | 'files'>>

/** Makes an item of what was just done. */
export const newItem = (draft: Draft, now = Date.now()): Item => ({ files: {}, ...draft, id: newIntent(), at: now, place: 0 })

/** The body with every file by its id on the server. */
export function bodyToSend(item: Item): Record<string, unknown> {
  const named = (value: unknown): unknown => {
    if (typeof value === 'string' && isLocal(value)) return item.files[localKey(value)]?.stored ?? value
    return Array.isArray(value) ? value.map(named) : value
  }
  return Object.fromEntries(Object.entries(item.body).map(([name, value]) => [name, named(value)]))
}
