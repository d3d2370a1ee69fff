import { language } from '@/i18n'

/** The name in the language in use, of what has one in both. */
export const named = (name: { zh: string; en: string }) => (language() === 'en' ? name.en : name.zh)
