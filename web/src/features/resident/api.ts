import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, call } from '@/api/client'
import { withChallenge } from '@/api/challenge'
import { intentHeader } from '@/api/intent'
import { detailFields, type DetailField } from '@/incident/details'
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
    mutationFn: ({ report, fields }: { report: Report; fields: DetailField[] }) =>
      withChallenge((headers) =>
        call(api.POST('/api/v1/public/reports', { body: reportBody(report, fields), headers: { ...intentHeader(report.intent), ...headers } })),
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
  reopen?: boolean
}

/** Adds to a report; the intent stays until it has arrived, so that trying again adds nothing twice. */
export function useAddition(code: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ text, files, intent }: { text: string; files: string[]; intent: string }) =>
      withChallenge((headers) =>
        call(
          api.POST('/api/v1/public/reports/{code}/additions', {
            params: { path: { code } },
            body: { text: text.trim() || undefined, files: files.length ? [...files] : undefined },
            headers: { ...intentHeader(intent), ...headers },
          }),
        ),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tracked'] }),
  })
}

export function useWithdrawal(code: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reason, intent }: { reason?: string; intent: string }) =>
      withChallenge((headers) =>
        call(
          api.POST('/api/v1/public/reports/{code}/withdraw', {
            params: { path: { code } },
            body: { reason },
            headers: { ...intentHeader(intent), ...headers },
          }),
        ),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tracked'] }),
  })
}

/** What is around a place: whether it is looked after from here, and what is open there. */
export function useNearby(at: Ref<{ lon: number; lat: number } | undefined>) {
  return useQuery({
    queryKey: ['nearby', at],
    enabled: () => at.value !== undefined,
    queryFn: () => call(api.GET('/api/v1/public/nearby', { params: { query: { lon: at.value?.lon ?? 0, lat: at.value?.lat ?? 0 } } })),
  })
}
export type NearbyMatter = NonNullable<ReturnType<typeof useNearby>['data']['value']>['items'][number]

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
  const fieldsOf = (code: string) => detailFields(query.data.value?.items, code)
  return { ...query, groups, fieldsOf }
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
