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
  middle?: { lon: number; lat: number }
}

async function readBorder(area: MyArea): Promise<Border> {
  const [shape, detail] = await Promise.all([
    call(api.GET('/api/v1/areas/{id}/shape', one(area.id))),
    call(api.GET('/api/v1/areas/{id}', one(area.id))),
  ])
  const geometry = shape.geometry as MapArea['geometry'] | null | undefined
  return {
    border: geometry ? { id: area.id, name: area.name, geometry } : undefined,
    middle: detail.lon && detail.lat ? { lon: detail.lon, lat: detail.lat } : undefined,
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
