import { computed } from 'vue'
import { useSession } from '@/features/session/session'
import { preferenceStore } from '@/incident/preferences'
import { usePreference } from '@/ui/preference'

/** A column of a list: what it is called, what it says of a row, and by what the server sorts it. */
export interface Column<R> {
  key: string
  label: string
  text: (row: R) => string
  /** The server's word for sorting by it. */
  sort?: string
  /** Not shown until somebody chooses it. */
  hidden?: boolean
  /** Stays: the name of the row, which opens it. */
  fixed?: boolean
  /** Digits under digits. */
  figures?: boolean
}

/** The columns that this person wishes to see of a list; the choice is kept with the account. */
export function useColumns<R>(list: string, columns: () => Column<R>[]) {
  const { account } = useSession()
  const start = () => ({ on: [] as string[], off: [] as string[] })
  const { value: chosen } = usePreference(account.value?.id ?? '', `columns.${list}`, start, preferenceStore)
  const isShown = (column: Column<R>) => column.fixed || (column.hidden ? chosen.on.includes(column.key) : !chosen.off.includes(column.key))
  const without = (list: string[], key: string) => list.filter((one) => one !== key)

  function toggle(column: Column<R>): void {
    const kept = column.hidden ? 'on' : 'off'
    chosen[kept] = chosen[kept].includes(column.key) ? without(chosen[kept], column.key) : [...chosen[kept], column.key]
  }
  function reset(): void {
    chosen.on = []
    chosen.off = []
  }
  return {
    all: computed(columns),
    shown: computed(() => columns().filter(isShown)),
    changed: computed(() => chosen.on.length + chosen.off.length > 0),
    isShown, toggle, reset,
  }
}

/** The sort after a click on a column: first up, then down, then up again. */
export const nextSort = (now: string, column: string) => (now === column ? `-${column}` : column)
