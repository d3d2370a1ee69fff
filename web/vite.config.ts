import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Connect, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { icons } from './vite-icons'
import { phoneFiles, workerEntry } from './vite-phone'
import { printFonts } from './vite-print'

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The Go server answers with one page a face, whatever the path below it; the servers of development must do the same. */
function faces(): Plugin {
  const route: Connect.NextHandleFunction = (request, _response, next) => {
    if (/^\/(desk|setup)([/?]|$)/.test(request.url ?? '')) request.url = '/desk.html'
    if (/^\/m([/?]|$)/.test(request.url ?? '')) request.url = '/m.html'
    if (/^\/screen([/?]|$)/.test(request.url ?? '')) request.url = '/screen.html'
    next()
  }
  return {
    name: 'gezhi-faces',
    configureServer: (server) => void server.middlewares.use(route),
    configurePreviewServer: (server) => void server.middlewares.use(route),
  }
}

export default defineConfig({
  plugins: [vue(), faces(), icons(root('./public/icon.svg')), phoneFiles(), printFonts()],
  resolve: { alias: { '@': root('./src') } },
  server: { proxy: { '/api': process.env.GEZHI_SERVER ?? 'http://127.0.0.1:8080' } },
  build: {
    target: ['chrome99', 'edge99', 'firefox100', 'safari15.4'],
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { resident: root('./index.html'), desk: root('./desk.html'), phone: root('./m.html'), screen: root('./screen.html'), [workerEntry]: root('./src/phone-sw.ts') },
      // What every face says is one file a language instead of six.
      output: {
        // A service worker rules over what lies beside and below it, under a name that stays.
        entryFileNames: ({ name }) => (name === workerEntry ? '[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'words-zh-CN', test: /i18n\/zh-CN\/(common|errors|time|photo|form|map)\.json$/ },
            { name: 'words-en', test: /i18n\/en\/(common|errors|time|photo|form|map)\.json$/ },
            // What every face is drawn with, and what that needs: each file of its own costs a request.
            { name: 'parts', test: /src\/ui\/(EmptyState|ErrorState|ModalDialog|RelativeTime|SkeletonRows|StateMark|focus|now|state|state-shapes|stored|time)\.(vue|ts)/ },
          ],
        },
      },
    },
  },
  define: { __VUE_OPTIONS_API__: 'true', __INTLIFY_PROD_DEVTOOLS__: 'false' },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], restoreMocks: true },
})
