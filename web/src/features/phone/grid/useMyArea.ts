import { useQuery } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { api, call } from '@/api/client'
import { useSession } from '@/features/session/session'
import type { Incident } from '@/incident/types'
import type { MapArea } from '@/map/overlay'

/** An area that one of my posts is about. */
export interface MyArea {
  id: string
  name: string
}

const open = ['reported', 'verifying', 'accepted', 'in_progress', 'checking', 'checked']
const one = (id: string) => ({ params: { path: { id } } })

interface Border {
  border?: MapArea
  view?: { lon: number; lat: number; zoom: number }
}

/** What a map on a phone shows of the world at zoom 0, in degrees: a little less than its size, so that a margin is left. */
const span = { lon: 230, lat: 200 }

/** The middle of west, south, east, north, and the zoom at which all of it is seen. */
export function viewOf([west = 0, south = 0, east = 0, north = 0]: readonly number[]) {
  const lat = (south + north) / 2
  const zoom = Math.min(Math.log2(span.lon / (east - west)), Math.log2((span.lat * Math.cos((lat * Math.PI) / 180)) / (north - south)))
  return { lon: (west + east) / 2, lat, zoom: Math.max(11, Math.min(18, zoom)) }
}

async function readBorder(area: MyArea): Promise<Border> {
  const [shape, detail] = await Promise.all([
    call(api.GET('/api/v1/areas/{id}/shape', one(area.id))),
    call(api.GET('/api/v1/areas/{id}', one(area.id))),
  ])
  const geometry = shape.geometry as MapArea['geometry'] | null | undefined
  return {
    border: geometry ? { id: area.id, name: area.name, geometry } : undefined,
    view: detail.bounds?.length === 4 ? viewOf(detail.bounds) : undefined,
  }
}

/** The areas of my posts, the border of the one that is looked at, and what is open in it. */
export function useMyArea() {
  const { account } = useSession()
  const areas = computed<MyArea[]>(() => {
    const named = (account.value?.posts ?? []).filter((post) => post.current).flatMap((post) => (post.area ? [post.area] : []))
    return [...new Map(named.map((area) => [area.id, { id: area.id, name: area.name }])).values()]
  })
  const chosen = ref('')
  watch(areas, (list) => (chosen.value = list.some(({ id }) => id === chosen.value) ? chosen.value : (list[0]?.id ?? '')), { immediate: true })
  const area = computed(() => areas.value.find(({ id }) => id === chosen.value))

  const border = useQuery({
    queryKey: computed(() => ['phone', 'border', chosen.value]),
    queryFn: async (): Promise<Border> => (area.value ? readBorder(area.value) : {}),
    enabled: computed(() => Boolean(area.value) && (account.value?.permissions.includes('area.read') ?? false)),
    staleTime: 600_000,
  })
  const incidents = useQuery({
    queryKey: computed(() => ['phone', 'area', chosen.value]),
    queryFn: async () => {
      const query = { area: chosen.value || undefined, state: open, limit: 100 }
      return ((await call(api.GET('/api/v1/incidents', { params: { query } }))).items ?? []) as Incident[]
    },
    enabled: computed(() => account.value?.permissions.includes('incident.read') ?? false),
    staleTime: 30_000,
  })
  return { areas, chosen, area, border, incidents }
}
