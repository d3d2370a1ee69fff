import { language } from '@/i18n'
import { stored } from '@/ui/stored'
import type { ShownNotice } from './api'

/** What a notice says in the reader's language; where it was not put into English, as it was written. */
export function wordingOf({ title, text, title_en, text_en }: ShownNotice): { title: string; text: string; lang?: string } {
  if (language() !== 'en') return { title, text }
  return title_en ? { title: title_en, text: text_en || text } : { title, text, lang: 'zh-CN' }
}

/** Those that hold at a moment: what was kept while there was no network may be over. */
export const holding = <T extends { from: number; until: number }>(list: readonly T[], now: number): T[] => list.filter(({ from, until }) => from <= now && now < until)

/** The ones to show at first, emergencies before all, and how many more there are. */
export function foremost<T extends { kind: string }>(list: readonly T[], most: number, beyond = 0): { first: T[]; more: number } {
  const sorted = [...list.filter(({ kind }) => kind === 'emergency'), ...list.filter(({ kind }) => kind !== 'emergency')]
  return { first: sorted.slice(0, most), more: Math.max(0, sorted.length - most) + beyond }
}

const key = (account: string) => `notices.${account}`

/** The notices that this phone knew last for an account, for when there is no network. */
export function keptNotices(account: string): ShownNotice[] {
  try {
    const list: unknown = JSON.parse(stored.get(key(account)) ?? '[]')
    return Array.isArray(list) ? list.filter((one): one is ShownNotice => typeof one?.id === 'string' && typeof one?.until === 'number') : []
  } catch {
    return []
  }
}

export function keepNotices(account: string, list: readonly ShownNotice[]): void {
  stored.set(key(account), JSON.stringify(list))
}

const mostMarked = 200

/** Remembers in this browser for which notices something was done, so that it is done once. */
export class Marks {
  constructor(private readonly name: string) {}

  /** Those of some that were not marked yet; they are now. */
  take(ids: readonly string[]): string[] {
    const known = (stored.get(this.name) ?? '').split(' ').filter(Boolean)
    const fresh = ids.filter((id) => !known.includes(id))
    if (fresh.length) stored.set(this.name, [...known, ...fresh].slice(-mostMarked).join(' '))
    return fresh
  }
}
