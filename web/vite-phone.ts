import { createHash } from 'node:crypto'
import type { Plugin, Rolldown } from 'vite'
import { phoneWords } from './src/app/phone-words'

const entry = 'phone'
export const workerEntry = 'phone-sw'
const placeholder = /(["'`])__PHONE_FILES__\1/
/** Files outside of the bundle that the page shows without network. */
const beside = ['/icon.svg', '/m.webmanifest']

/** Pages of the phone are kept; what only the map or other faces need is fetched when it is wanted. */
const pages = /\/src\/(features\/(phone|session)|app)\//
const words = new RegExp(`/i18n/(zh-CN|en)/(common|errors|time|photo|form|map|${phoneWords.join('|')})\\.json$`)
const wanted = (chunk: Rolldown.OutputChunk) => chunk.moduleIds.some((id) => words.test(id) || (pages.test(id) && !/phone-sw/.test(id)))

/** The files that the phone's pages are made of: from its entry on, each with its styles. */
export function filesOf(bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>()
  const visit = (name: string, always: boolean) => {
    const chunk = bundle[name]
    if (found.has(name) || chunk?.type !== 'chunk' || !(always || wanted(chunk))) return
    found.add(name)
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
    for (const next of chunk.imports) visit(next, true)
    for (const next of chunk.dynamicImports) visit(next, false)
  }
  const start = Object.values(bundle).find((part) => part.type === 'chunk' && part.isEntry && part.name === entry)
  if (start) visit(start.fileName, true)
  return [...found].sort()
}

/** Writes into the phone's service worker which files it keeps, and a version that changes with any of them. */
export function phoneFiles(): Plugin {
  return {
    name: 'gezhi-phone-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = Object.values(bundle).find((part) => part.type === 'chunk' && part.name === workerEntry)
      const files = filesOf(bundle)
      if (worker?.type !== 'chunk' || files.length === 0) throw new Error('the phone or its service worker is not in the bundle')
      if (worker.imports.length > 0 || !placeholder.test(worker.code)) throw new Error('the service worker must be one file with its place for the list')
      const digest = createHash('sha256').update(files.join()).update(worker.code).digest('hex').slice(0, 12)
      const list = JSON.stringify([digest, ...files.map((file) => `/${file}`), ...beside])
      worker.code = worker.code.replace(placeholder, JSON.stringify(list))
    },
  }
}
