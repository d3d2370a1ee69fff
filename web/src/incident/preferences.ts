import { api, call } from '@/api/client'
import type { PreferenceStore } from '@/ui/preference'

let reading: Promise<Record<string, unknown>> | undefined
const shortly = 5_000

/** Where the server keeps what an account wishes to find again. Several parts of a page ask at the same time, once. */
export const preferenceStore: PreferenceStore = {
  read: () => {
    reading ??= call(api.GET('/api/v1/me/preferences')).then(({ values }) => values ?? {})
    setTimeout(() => (reading = undefined), shortly)
    return reading
  },
  write: (name, value) => call(api.PUT('/api/v1/me/preferences/{name}', { params: { path: { name } }, body: { value } })),
}
