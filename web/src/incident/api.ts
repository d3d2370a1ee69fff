import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { MapArea } from '@/map/overlay'
import type { Answers, Option } from '@/ui/action-form'
import { unread } from './receipts'
import type { Entry, Incident, Like, Place } from './types'

/** Where staff send photos and read them. */
export const filesUrl = '/api/v1/files'
export const photoOf = (id: string) => ({ id, src: `${filesUrl}/${id}?size=shown`, thumb: `${filesUrl}/${id}?size=thumb` })

export const keys = {
  incident: (id: string) => ['incident', id] as const,
  timeline: (id: string) => ['timeline', id] as const,
  duplicates: (id: string) => ['duplicates', id] as const,
  counts: ['counts'] as const,
}

export interface ListQuery {
  queue?: string
  state?: string[]
  category?: string
  channel?: string
  severity?: string
  area?: string
  unit?: string
  flag?: string
  /** `yellow` or `red`: how the nearest clock stands. */
  clock?: string
  q?: string
  from?: number
  to?: number
  bbox?: string
  /** `due`: who is to be called back now. */
  call?: string
  limit?: number
  cursor?: string
}

// The shapes of types.ts are those of the document, made precise where it cannot be.
const asIncident = (view: unknown) => view as Incident

export interface Page {
  items: Incident[]
  next?: string
}

/** One page of incidents, newest first. */
export async function listIncidents(query: ListQuery): Promise<Page> {
  return (await call(api.GET('/api/v1/incidents', { params: { query } }))) as Page
}

export async function readIncident(id: string): Promise<Incident> {
  return asIncident(await call(api.GET('/api/v1/incidents/{id}', { params: { path: { id } } })))
}

/** The whole timeline, oldest first. */
export async function readTimeline(id: string): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let after: number | undefined = 0; after !== undefined; ) {
    const params: { path: { id: string }; query: { after: number; limit: number } } = { path: { id }, query: { after, limit: 200 } }
    const page = await call(api.GET('/api/v1/incidents/{id}/timeline', { params }))
    entries.push(...((page.items ?? []) as Entry[]))
    after = page.next || undefined
  }
  return entries
}

export async function act(id: string, action: string, body: Answers, intent: string): Promise<Incident> {
  const params = { path: { id, do: action }, header: intentHeader(intent) }
  return asIncident(await call(api.POST('/api/v1/incidents/{id}/actions/{do}', { params, body })))
}

export const reveal = (id: string, purpose: string) =>
  call(api.POST('/api/v1/incidents/{id}/reporter', { params: { path: { id } }, body: { purpose } }))

/** One incident; until it has come, what `known` (a row of a list) says of it. */
export function useIncident(id: Ref<string>, known: (id: string) => Incident | undefined = () => undefined) {
  return useQuery({
    queryKey: computed(() => keys.incident(id.value)),
    queryFn: () => readIncident(id.value),
    placeholderData: () => known(id.value),
    // That somebody opened an order is no change of the incident, so nobody is told of it.
    refetchInterval: (query) => unread(query.state.data) && 10_000,
  })
}

export function useTimeline(id: Ref<string>) {
  return useQuery({ queryKey: computed(() => keys.timeline(id.value)), queryFn: () => readTimeline(id.value) })
}

export function useDuplicates(id: Ref<string>) {
  return useQuery({
    queryKey: computed(() => keys.duplicates(id.value)),
    queryFn: () => call(api.GET('/api/v1/incidents/{id}/duplicates', { params: { path: { id: id.value } } })),
    select: (found) => (found.items ?? []) as Like[],
    staleTime: 60_000,
  })
}

export function useCounts() {
  return useQuery({ queryKey: keys.counts, queryFn: () => call(api.GET('/api/v1/counts')) })
}

export function useCategories() {
  return useQuery({
    queryKey: ['categories'],
    queryFn: () => call(api.GET('/api/v1/categories')),
    select: (found) => (found.items ?? []).filter((category) => category.active),
    staleTime: 300_000,
  })
}

/** Puts what the server answered where every part of the page reads it. */
export function useKnow() {
  const client = useQueryClient()
  return (incident: Incident): void => {
    client.setQueryData(keys.incident(incident.id), incident)
    void client.invalidateQueries({ queryKey: keys.timeline(incident.id) })
    void client.invalidateQueries({ queryKey: keys.counts })
  }
}

/** Places by name, and addresses of earlier incidents; one without a position is of no use on a map. */
export async function findPlaces(q: string): Promise<Place[]> {
  const words = q.trim()
  if (!words) return []
  const [named, earlier] = await Promise.all([
    call(api.GET('/api/v1/places', { params: { query: { q: words, limit: 8 } } })),
    call(api.GET('/api/v1/incidents/addresses', { params: { query: { q: words } } })).catch(() => ({ items: [] })),
  ])
  const places = (named.items ?? []).flatMap(({ name, kind, lon, lat }) =>
    lon === undefined || lat === undefined ? [] : { name, kind, lon, lat },
  )
  const known = new Set(places.map((place) => place.name))
  const addresses = (earlier.items ?? []).filter((address) => !known.has(address.name))
  return [...places, ...addresses.map((address) => ({ ...address, kind: 'address' }))]
}

/** Finds units and areas by name, where there are too many to list. */
export async function lookup(type: string, query: string): Promise<Option[]> {
  const q = query.trim() || undefined
  if (type === 'unit' || type === 'units') {
    const found = await call(api.GET('/api/v1/units', { params: { query: { q, limit: 20, open: 'true' } } }))
    return (found.items ?? []).map((unit) => ({ value: unit.id, label: unit.name }))
  }
  if (type !== 'area') return []
  const found = await call(api.GET('/api/v1/areas', { params: { query: { q, limit: 20 } } }))
  return (found.items ?? []).map((area) => ({ value: area.id, label: area.name }))
}

export type Level = 'district' | 'street' | 'community' | 'grid' | 'microgrid'

/** The outlines of the areas of one level in a part of the map. */
export async function readShapes(level: Level, bbox: string): Promise<MapArea[]> {
  const found = await call(api.GET('/api/v1/areas/shapes', { params: { query: { level, bbox } } }))
  return (found.features ?? []).flatMap(({ id, properties, geometry }) =>
    geometry ? { id, name: properties.name, geometry: geometry as MapArea['geometry'] } : [],
  )
}

/** The people of a unit, for choosing whom an order is meant for: who has least in hand first. */
export async function peopleOf(_ask: unknown, unit: string): Promise<Option[]> {
  const found = await call(api.GET('/api/v1/units/{id}/people', { params: { path: { id: unit } } }))
  const people = [...(found.items ?? [])].sort((a, b) => Number(a.absent) - Number(b.absent) || a.open_orders - b.open_orders)
  return people.map(({ id, name, absent, until, delegate }) => ({ value: id, label: name, ...(absent ? { absent: { until: until ?? 0, delegate } } : {}) }))
}
