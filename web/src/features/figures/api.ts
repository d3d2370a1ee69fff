import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/api/client'
import type { components } from '@/api/schema'
import type { Ask, LateAsk } from './filters'

type Schemas = components['schemas']
export type Result = Schemas['StatsResult']
export type Row = Schemas['StatsRow']
export type Value = Schemas['StatsValue']
export type KPI = Schemas['StatsKPI']
export type LateReport = Schemas['StatsLateReport']
export type LateItem = Schemas['StatsLateItem']
export type AreaChoice = Schemas['ReportChoiceView']

const read = (query: Ask) => call(api.GET('/api/v1/figures', { params: { query } }))

/** A table of figures; while the next one is counted the last one stays, and says itself what its rows stand for. */
export function useFigures(ask: MaybeRefOrGetter<Ask | undefined>) {
  return useQuery({
    queryKey: ['figures', computed(() => toValue(ask))],
    queryFn: async () => {
      const asked = toValue(ask) ?? {}
      return { ...(await read(asked)), by: asked.by ?? 'none' }
    },
    enabled: computed(() => toValue(ask) !== undefined),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** The office's today; the device may stand in another zone, or in another year. */
export function useToday() {
  const { data, error, refetch } = useQuery({
    queryKey: ['figures', 'today'],
    queryFn: async () => (await read({ by: 'none', kpis: ['closing'] })).to,
    staleTime: 60_000,
    refetchInterval: 300_000,
  })
  return { today: data, error, refetch }
}

/** What is counted, and of which figures the KPIs are made. */
export const useDefinitions = () => useQuery({ queryKey: ['figure-definitions'], queryFn: () => call(api.GET('/api/v1/figures/definitions')), staleTime: Infinity })

/** The areas that the person may see whole, each below the one above it; none for who sees only units. */
export const useAreaChoices = () => useQuery({ queryKey: ['figure-areas'], queryFn: () => call(api.GET('/api/v1/reports/areas')), staleTime: 300_000 })

/** Why it was late: the sums, and the incidents page by page. */
export function useLate(ask: MaybeRefOrGetter<LateAsk | undefined>) {
  return useInfiniteQuery({
    queryKey: ['figures-late', computed(() => toValue(ask))],
    queryFn: ({ pageParam }) => call(api.GET('/api/v1/figures/late', { params: { query: { ...toValue(ask), limit: 50, cursor: pageParam || undefined } } })),
    enabled: computed(() => toValue(ask) !== undefined),
    initialPageParam: '',
    getNextPageParam: (page: LateReport) => page.next || undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
}
