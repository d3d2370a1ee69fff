import { reactive, watch } from 'vue'
import { stored } from '@/ui/stored'

/** What a wall is set up to show; kept in its own browser, because another wall hangs elsewhere. */
export interface Wall {
  /** Where the slot for pages of partners and for video is; none without a side. */
  side: '' | 'left' | 'right'
  share: 'third' | 'half'
  /** Addresses of the pages in the slot, from the top down. */
  pages: string[]
  /** Seconds that the tour of the areas stays at each; 0: no tour. */
  tour: number
  heat: boolean
  stations: boolean
  people: boolean
  cameras: boolean
}

export const tours = [0, 20, 40, 60, 120] as const
/** More than this nobody can see at once. */
export const mostPages = 3

const key = 'screen.wall'
const start: Wall = { side: '', share: 'third', pages: [], tour: 0, heat: false, stations: true, people: false, cameras: false }

function kept(): object {
  try {
    const value: unknown = JSON.parse(stored.get(key) ?? '{}')
    return value !== null && typeof value === 'object' ? value : {}
  } catch {
    return {}
  }
}

/** What an older program kept, as far as it is still known and of the same kind. */
function asKept(): Wall {
  const old = kept() as Record<string, unknown>
  const now = { ...start, pages: Array.isArray(old.pages) ? old.pages.map(String).slice(0, mostPages) : [] }
  const same = Object.entries(old).filter(([name, value]) => name !== 'pages' && name in start && typeof value === typeof start[name as keyof Wall])
  return Object.assign(now, Object.fromEntries(same))
}

/** The set-up of this wall; every change is kept at once. */
export const wall = reactive(asKept())
watch(wall, () => stored.set(key, JSON.stringify(wall)), { deep: true })
