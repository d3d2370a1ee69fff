import { useMutation, useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import { reportBody, type Report } from './report'

/** Where residents send photos; no account is needed. */
export const filesUrl = '/api/v1/public/files'

export function usePublicPage() {
  return useQuery({ queryKey: ['page'], queryFn: () => call(api.GET('/api/v1/public/page')), staleTime: 300_000 })
}

export function useSendReport() {
  return useMutation({
    mutationFn: (report: Report) =>
      call(api.POST('/api/v1/public/reports', { body: reportBody(report), headers: intentHeader(report.intent) })),
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

export function useCategories() {
  return useQuery({
    queryKey: ['public-categories'],
    queryFn: () => call(api.GET('/api/v1/public/categories')),
    staleTime: 300_000,
  })
}

export interface FoundPlace {
  name: string
  kind: string
  lon: number
  lat: number
}

export async function findPlaces(query: string): Promise<FoundPlace[]> {
  const found = await call(api.GET('/api/v1/public/places', { params: { query: { q: query, limit: 8 } } }))
  return found.items
}
