import { createI18n } from 'vue-i18n'
import { stored } from '@/ui/stored'

/** The languages of the product; the first one is the default. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

type Messages = Record<string, unknown>

const files = import.meta.glob<Messages>('./{zh-CN,en}/*.json', { import: 'default' })
const wanted = new Set<string>()
const loaded = new Set<string>()

export const i18n = createI18n({
  legacy: false,
  locale: languages[0] as string,
  fallbackLocale: languages[0] as string,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

/** Translates outside of components. */
export const t = i18n.global.t
/** Tells whether a key is translated. */
export const te = i18n.global.te

export function language(): Language {
  return i18n.global.locale.value as Language
}

async function load(lang: Language, concept: string): Promise<void> {
  const path = `./${lang}/${concept}.json`
  if (loaded.has(path)) return
  const file = files[path]
  if (!file) throw new Error(`no messages ${path}`)
  i18n.global.mergeLocaleMessage(lang, { [concept]: await file() })
  loaded.add(path)
}

/** Loads the messages of the named concepts in the language in use; a face or a route asks for those it shows. */
export async function useMessages(...concepts: string[]): Promise<void> {
  for (const concept of concepts) wanted.add(concept)
  await Promise.all(concepts.map((concept) => load(language(), concept)))
}

/** Switches the language once everything shown so far is there in it, so no key is ever seen. */
export async function showLanguage(lang: Language): Promise<void> {
  await Promise.all([...wanted].map((concept) => load(lang, concept)))
  i18n.global.locale.value = lang
  document.documentElement.lang = lang
}

/** Switches the language and keeps the choice. A start keeps nothing: a choice made meanwhile in another tab stands. */
export async function setLanguage(lang: Language): Promise<void> {
  await showLanguage(lang)
  stored.set('language', lang)
}

/** The language chosen before, or the first one. */
export function chosenLanguage(): Language {
  const saved = stored.get('language')
  return languages.find((lang) => lang === saved) ?? languages[0]
}
