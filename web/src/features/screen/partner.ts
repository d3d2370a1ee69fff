import { useQuery } from '@tanstack/vue-query'
import { api, call } from '@/api/client'
import type { components } from '@/api/schema'

/** A page of a partner or a video wall that the administrators allow on the screen. */
export type PartnerPage = components['schemas']['PeopleScreenPage']

/** The pages that may stand in the slot. */
export function usePartnerPages() {
  return useQuery({ queryKey: ['screen', 'pages'], queryFn: () => call(api.GET('/api/v1/screen/pages')), staleTime: 60_000 })
}

/**
 * What a page in the slot may do. It may run and keep its own session, but neither leave its frame nor open windows;
 * one of our own address would hold our session, and gets no origin at all.
 */
export function sandboxOf(url: string, own = location.origin): string {
  const apart = new URL(url).origin !== own
  return ['allow-scripts', 'allow-forms', ...(apart ? ['allow-same-origin'] : [])].join(' ')
}
