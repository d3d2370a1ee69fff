import { inject, type InjectionKey } from 'vue'

/** What a phrase is for: taking a call, a note, an answer to the reporter, the result of work, the reason of a refusal. */
export const phraseUses = ['call', 'note', 'answer', 'result', 'reason'] as const
export type PhraseUse = (typeof phraseUses)[number]

/** Where the phrases of a page come from. */
export interface PhraseSource {
  /** The phrases for a use, those of one's own first. */
  of: (use: PhraseUse) => string[]
  /** Opens what manages them. */
  manage: (use: PhraseUse) => void
}

export const phrasesKey: InjectionKey<PhraseSource> = Symbol('phrases')
export const usePhrases = () => inject(phrasesKey, undefined)

/** The field of an action's form that a kind of phrase belongs in; none has phrases without a use. */
export function useOfField(name: string): PhraseUse | undefined {
  return name === 'text' ? 'note' : phraseUses.find((use) => use === name)
}

/** A part of a text that names a phrase: from the semicolon up to the caret. */
export interface Asked {
  from: number
  to: number
  words: string
}

/** Words longer than this are no search for a phrase any more. */
const longest = 12

/**
 * What is being asked for at the caret: a semicolon at the beginning, or after a space or a mark, with a few letters
 * behind it. Inside a sentence a semicolon is a semicolon.
 */
export function askedAt(text: string, caret: number): Asked | undefined {
  const found = /(?:^|[\s，。！？、,.!?:：])([;；])([^\s;；]*)$/u.exec(text.slice(0, caret))
  const words = found?.[2] ?? ''
  return found && words.length <= longest ? { from: caret - words.length - 1, to: caret, words } : undefined
}

/** The phrases that hold the words, those that begin with them first. */
export function matching(phrases: string[], words: string): string[] {
  const wanted = words.toLowerCase()
  const found = phrases.filter((phrase) => phrase.toLowerCase().includes(wanted))
  return [...found.filter((phrase) => phrase.toLowerCase().startsWith(wanted)), ...found.filter((phrase) => !phrase.toLowerCase().startsWith(wanted))]
}

/** The text with a phrase in place of what asked for it, and where the caret stands then. */
export function insertPhrase(text: string, at: Pick<Asked, 'from' | 'to'>, phrase: string): { text: string; caret: number } {
  return { text: text.slice(0, at.from) + phrase + text.slice(at.to), caret: at.from + phrase.length }
}
