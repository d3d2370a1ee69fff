import { language } from '@/i18n'
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
