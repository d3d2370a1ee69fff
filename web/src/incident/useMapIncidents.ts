import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, type Ref } from 'vue'
import { live } from '@/api/live'
import { listIncidents, readShapes, type Level, type ListQuery } from './api'

/** What the map can show: work by its state, or one of the queues. */
export const shows = ['open', 'todo', 'soon', 'today', 'unplaced'] as const
export type Show = (typeof shows)[number]

const openStates = ['reported', 'verifying', 'accepted', 'in_progress', 'checking', 'checked']
/** More marks than this are no picture any more. */
export const mostMarks = 200

export function mapQuery(show: Show, bbox: string): ListQuery {
  const part = show === 'open' ? { state: openStates } : { queue: show }
  // What has no place yet lies in no part of the map.
  return { ...part, limit: mostMarks, bbox: show === 'unplaced' ? undefined : bbox || undefined }
}

/** The level of areas whose outlines can be told apart at a zoom. */
export function levelAt(zoom: number): Level {
  if (zoom < 12.5) return 'district'
  if (zoom < 14) return 'street'
  if (zoom < 15.5) return 'community'
  return zoom < 17 ? 'grid' : 'microgrid'
}

/** The incidents in the part of the map that is in sight, read again when something changes. */
export function useMapIncidents(show: Ref<Show>, bbox: Ref<string>) {
  const client = useQueryClient()
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = live.listen(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      void client.invalidateQueries({ queryKey: ['map'] })
    }, 1500)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return useQuery({
    queryKey: computed(() => ['map', show.value, show.value === 'unplaced' ? '' : bbox.value] as const),
    queryFn: () => listIncidents(mapQuery(show.value, bbox.value)),
    enabled: () => bbox.value !== '' || show.value === 'unplaced',
    placeholderData: keepPreviousData,
  })
}

/** The outlines for what is in sight; without them the map still works. */
export function useShapes(zoom: Ref<number>, bbox: Ref<string>) {
  const level = computed(() => levelAt(zoom.value))
  return useQuery({
    queryKey: computed(() => ['shapes', level.value, bbox.value] as const),
    queryFn: () => readShapes(level.value, bbox.value),
    enabled: () => bbox.value !== '',
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  })
}
