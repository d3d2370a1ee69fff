import { i18n } from '@/i18n'

const files = import.meta.glob<Record<string, unknown>>('../i18n/zh-CN/*.json', { import: 'default', eager: true })

/** Makes all Chinese messages known at once, for tests of components and of sentences. */
export function withMessages(): typeof i18n {
  for (const [path, tree] of Object.entries(files)) {
    const concept = /([\w-]+)\.json$/.exec(path)?.[1] ?? ''
    i18n.global.mergeLocaleMessage('zh-CN', { [concept]: tree })
  }
  return i18n
}
