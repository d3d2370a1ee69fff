import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { ApiError } from '@/api/error'
import { readBorders, readClusters, readCourse, readPeople, readStations } from './read'

/** While the server is away, what the map lacks is asked for again this often. */
const again = 15_000

/** A screen stays on for weeks: what failed is asked for again until it comes, but not what was refused. */
const untilThere = (query: { state: { status: string; error: unknown } }) =>
  query.state.status === 'error' && !(query.state.error instanceof ApiError && [403, 404].includes(query.state.error.status)) ? again : false

/** Boundaries of an area and of those below it; read anew when areas change, which `ground` tells. */
export function useBorders(area: Ref<string>, ground: Ref<number>) {
  return useQuery({
    queryKey: computed(() => ['wall-borders', area.value, ground.value] as const),
    queryFn: ({ signal }) => readBorders(area.value || undefined, signal),
    placeholderData: keepPreviousData,
    staleTime: 600_000,
    refetchInterval: untilThere,
  })
}

export interface ClusterSight {
  zoom: number
  bbox: string
}

export function useClusters(area: Ref<string>, day: Ref<string>, sight: Ref<ClusterSight>, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: computed(() => ['wall-clusters', area.value, day.value, Math.floor(sight.value.zoom), sight.value.bbox] as const),
    queryFn: ({ signal }) => readClusters({ area: area.value || undefined, day: day.value || undefined, zoom: Math.floor(sight.value.zoom), bbox: sight.value.bbox }, signal),
    enabled: () => wanted.value && sight.value.bbox !== '',
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    refetchInterval: 4000,
  })
}

/** How a whole day went, for its replay. */
export function useCourse(area: Ref<string>, day: Ref<string>, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: computed(() => ['wall-course', area.value, day.value] as const),
    queryFn: ({ signal }) => readCourse({ area: area.value || undefined, day: day.value || undefined }, signal),
    enabled: () => wanted.value,
    gcTime: 0,
    staleTime: 300_000,
    // A day of 100,000 is not worth comparing with the day before.
    structuralSharing: false,
    refetchInterval: untilThere,
  })
}

export function useStations(area: Ref<string>, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: computed(() => ['wall-stations', area.value] as const),
    queryFn: () => readStations(area.value || undefined),
    enabled: () => wanted.value,
    staleTime: 300_000,
    refetchInterval: 300_000,
  })
}

/** Who is on duty, where: asked for only while somebody wants to see it, because each look is recorded. */
export function usePeople(area: Ref<string>, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: computed(() => ['wall-people', area.value] as const),
    queryFn: () => readPeople(area.value || undefined),
    enabled: () => wanted.value,
    gcTime: 0,
    refetchInterval: 30_000,
  })
}
