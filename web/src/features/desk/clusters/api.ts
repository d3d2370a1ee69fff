import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { serverTime } from '@/api/clock'
import { api, call } from '@/api/client'
import type { components } from '@/api/schema'

export type Cluster = components['schemas']['IncidentClusterView']
export type Member = components['schemas']['IncidentClusterMember']
export type Spot = components['schemas']['IncidentHotSpot']

const day = 24 * 3_600_000

/** What several people report at one place, of the last days. */
export function useClusters(days: Ref<number>) {
  return useQuery({
    queryKey: computed(() => ['clusters', days.value]),
    queryFn: () => call(api.GET('/api/v1/clusters', { params: { query: { from: serverTime(Date.now()) - days.value * day } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
}

/** What repeats where, by the end of a day (as 2026-03-02). */
export function useHotSpots(date: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['hotspots', date.value]),
    queryFn: () => call(api.GET('/api/v1/hotspots', { params: { query: { day: date.value } } })),
    placeholderData: keepPreviousData,
  })
}

/** A cluster is known by its oldest member. */
export const clusterKey = (cluster: Cluster) => cluster.members[0]?.id ?? ''
