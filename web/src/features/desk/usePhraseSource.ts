import { useQuery } from '@tanstack/vue-query'
import { effectScope, provide, ref } from 'vue'
import { api, call } from '@/api/client'
import { useSession } from '@/features/session/session'
import { preferenceStore } from '@/incident/preferences'
import { phrasesKey, type PhraseSource, type PhraseUse } from '@/ui/phrases'
import { usePreference } from '@/ui/preference'

/** A phrase of one's own. */
export interface OwnPhrase {
  use: PhraseUse
  text: string
}

export const phrasesQuery = ['phrases'] as const
/** Which phrases are being managed; none when the dialog is closed. */
export const managing = ref<PhraseUse>()

const start = () => ({ items: [] as OwnPhrase[] })
let made: { account: string; own: { items: OwnPhrase[] } } | undefined

/** One's own phrases, kept with the account. */
export function useOwnPhrases() {
  const account = useSession().account.value?.id ?? ''
  if (made?.account !== account) {
    const own = effectScope(true).run(() => usePreference(account, 'phrases', start, preferenceStore).value)
    made = { account, own: own ?? start() }
  }
  return made.own
}

/** The office's phrases. */
export function useOfficePhrases() {
  return useQuery({ queryKey: phrasesQuery, queryFn: () => call(api.GET('/api/v1/phrases')), select: (found) => found.items, staleTime: 300_000 })
}

/** Lets every field below be filled with quick phrases: one's own first, then the office's. */
export function usePhraseSource(): void {
  const own = useOwnPhrases()
  const { data: office } = useOfficePhrases()
  const source: PhraseSource = {
    of: (use) => {
      const texts = [...own.items, ...(office.value ?? [])].filter((phrase) => phrase.use === use).map((phrase) => phrase.text)
      return [...new Set(texts)]
    },
    manage: (use) => (managing.value = use),
  }
  provide(phrasesKey, source)
}
