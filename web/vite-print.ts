import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const family = '@expo-google-fonts/noto-sans-sc'
const faces = { 'regular.ttf.gz': '400Regular/NotoSansSC_400Regular.ttf', 'bold.ttf.gz': '600SemiBold/NotoSansSC_600SemiBold.ttf' }

/** The font in which the server writes documents, beside the pages and with its licence. No page loads it. */
export function printFonts(): Plugin {
  return {
    name: 'gezhi-print-fonts',
    apply: 'build',
    generateBundle() {
      const read = (file: string) => readFileSync(createRequire(import.meta.url).resolve(`${family}/${file}`))
      for (const [name, file] of Object.entries(faces)) {
        this.emitFile({ type: 'asset', fileName: `print/${name}`, source: gzipSync(read(file), { level: 9 }) })
      }
      this.emitFile({ type: 'asset', fileName: 'print/OFL.txt', source: read('LICENSE_FONT') })
    },
  }
}
