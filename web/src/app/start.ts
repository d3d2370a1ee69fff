import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp, type Component } from 'vue'
import type { Router } from 'vue-router'
import { ApiError } from '@/api/error'
import { chosenLanguage, i18n, showLanguage, t, useMessages } from '@/i18n'
import { startAppearance } from '@/ui/appearance'
import { say, sayError } from '@/ui/toasts'
import { errorText } from '@/i18n/errors'
import '@/ui/styles/tokens.css'
import '@/ui/styles/base.css'
import '@/ui/styles/controls.css'

/** Messages that every face shows. */
const everywhere = ['common', 'errors', 'time', 'photo', 'form', 'map']

/** Reads are tried again when nothing was decided about them; a refusal is final. */
function again(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiError && error.again
}

/** Starts one face of the product: its look, its language, its routes. */
export async function startFace(face: 'resident' | 'desk' | 'phone' | 'screen', root: Component, router: Router, concepts: string[]): Promise<void> {
  document.body.dataset.face = face
  // A wall is dark whatever its computer prefers, and remembers its own choice.
  startAppearance(face === 'screen' ? { kept: 'screen.theme', start: 'dark' } : undefined)
  await Promise.all([useMessages(...everywhere, ...concepts), showLanguage(chosenLanguage())])

  const app = createApp(root)
  app.use(i18n)
  app.use(router)
  app.use(VueQueryPlugin, {
    queryClient: new QueryClient({ defaultOptions: { queries: { retry: again, staleTime: 5000 } } }),
  })
  app.config.errorHandler = (error) => {
    console.error(error)
    sayError(errorText(error))
  }
  // After an upgrade of the server the chunks of the old page are gone; drafts are kept, so a reload loses nothing.
  window.addEventListener('vite:preloadError', () => say(t('common.new_version')))
  app.mount('#app')
}
