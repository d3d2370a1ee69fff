import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Connect, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The Go server answers /desk and /setup with desk.html; the servers of development must do the same. */
function faces(): Plugin {
  const route: Connect.NextHandleFunction = (request, _response, next) => {
    if (/^\/(desk|setup)([/?]|$)/.test(request.url ?? '')) request.url = '/desk.html'
    next()
  }
  return {
    name: 'gezhi-faces',
    configureServer: (server) => void server.middlewares.use(route),
    configurePreviewServer: (server) => void server.middlewares.use(route),
  }
}

export default defineConfig({
  plugins: [vue(), faces()],
  resolve: { alias: { '@': root('./src') } },
  server: { proxy: { '/api': process.env.GEZHI_SERVER ?? 'http://127.0.0.1:8080' } },
  build: {
    target: ['chrome99', 'edge99', 'firefox100', 'safari15.4'],
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { resident: root('./index.html'), desk: root('./desk.html') },
      // What every face says is one file a language instead of six.
      output: {
        codeSplitting: {
          groups: [
            { name: 'words-zh-CN', test: /i18n\/zh-CN\/(common|errors|time|photo|form|map)\.json$/ },
            { name: 'words-en', test: /i18n\/en\/(common|errors|time|photo|form|map)\.json$/ },
          ],
        },
      },
    },
  },
  define: { __VUE_OPTIONS_API__: 'true', __INTLIFY_PROD_DEVTOOLS__: 'false' },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], restoreMocks: true },
})
