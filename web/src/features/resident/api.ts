import { useMutation, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, call } from '@/api/client'
import { withChallenge } from '@/api/challenge'
import { intentHeader } from '@/api/intent'
import { language } from '@/i18n'
import { groupCategories } from './categories'
import { reportBody, type Report } from './report'

/** Where residents send photos; no account is needed. */
export const filesUrl = '/api/v1/public/files'

export function usePublicPage() {
  return useQuery({ queryKey: ['page'], queryFn: () => call(api.GET('/api/v1/public/page')), staleTime: 300_000 })
}

export function useSendReport() {
  return useMutation({
    mutationFn: (report: Report) =>
      withChallenge((headers) =>
        call(api.POST('/api/v1/public/reports', { body: reportBody(report), headers: { ...intentHeader(report.intent), ...headers } })),
      ),
  })
}

export function useTracked(code: Ref<string>) {
  return useQuery({
    queryKey: ['tracked', code],
    enabled: () => code.value !== '',
    queryFn: () => call(api.GET('/api/v1/public/reports/{code}', { params: { path: { code: code.value } } })),
  })
}

export interface Rating {
  solved: boolean
  satisfaction: number
  text?: string
}

export function useRate(code: Ref<string>) {
  return useMutation({
    mutationFn: ({ rating, intent }: { rating: Rating; intent: string }) =>
      call(
        api.POST('/api/v1/public/reports/{code}/rating', {
          params: { path: { code: code.value } },
          body: rating,
          headers: intentHeader(intent),
        }),
      ),
  })
}

/** The category tree as groups to choose from, in the language in use. */
export function useCategories() {
  const query = useQuery({
    queryKey: ['public-categories'],
    queryFn: () => call(api.GET('/api/v1/public/categories')),
    staleTime: 300_000,
  })
  const groups = computed(() => groupCategories(query.data.value?.items ?? [], language()))
  return { ...query, groups }
}

export interface FoundPlace {
  name: string
  kind: string
  lon: number
  lat: number
}

export async function findPlaces(query: string): Promise<FoundPlace[]> {
  const found = await call(api.GET('/api/v1/public/places', { params: { query: { q: query, limit: 8 } } }))
  return (found.items ?? []).flatMap(({ name, kind, lon, lat }) => (lon === undefined || lat === undefined ? [] : [{ name, kind, lon, lat }]))
}
