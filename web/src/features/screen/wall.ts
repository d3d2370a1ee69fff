import { reactive, watch } from 'vue'
import { stored } from '@/ui/stored'
import type { Layers } from './map/layers'

/** What a wall is set up to show; kept in its own browser, because another wall hangs elsewhere. */
export interface Wall {
  /** Where the slot for pages of partners and for video is; none without a side. */
  side: '' | 'left' | 'right'
  share: 'third' | 'half'
  /** Addresses of the pages in the slot, from the top down. */
  pages: string[]
  /** Seconds that the tour of the areas stays at each; 0: no tour. */
  tour: number
  layers: Layers
}

export const tours = [0, 20, 40, 60, 120] as const
/** More than this nobody can see at once. */
export const mostPages = 3

const key = 'screen.wall'
const start: Wall = { side: '', share: 'third', pages: [], tour: 0, layers: { borders: true, stations: true, people: false, cameras: false, clusters: false, heat: false } }

function kept(): object {
  try {
    const value: unknown = JSON.parse(stored.get(key) ?? '{}')
    return value !== null && typeof value === 'object' ? value : {}
  } catch {
    return {}
  }
}

/** Of what was kept, the parts that are still known and of the same kind. */
function fitting<T extends object>(old: unknown, known: T): Partial<T> {
  if (old === null || typeof old !== 'object') return {}
  return Object.fromEntries(Object.entries(old).filter(([name, value]) => typeof value === typeof known[name as keyof T])) as Partial<T>
}

/** What an older program kept, as far as it is still known and of the same kind. */
function asKept(): Wall {
  const old = kept() as Record<string, unknown>
  const pages = Array.isArray(old.pages) ? old.pages.map(String).slice(0, mostPages) : []
  return { ...start, ...fitting(old, start), pages, layers: { ...start.layers, ...fitting(old.layers, start.layers) } }
}

/** The set-up of this wall; every change is kept at once. */
export const wall = reactive(asKept())
watch(wall, () => stored.set(key, JSON.stringify(wall)), { deep: true })
