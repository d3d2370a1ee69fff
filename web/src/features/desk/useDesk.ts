import { computed, effectScope } from 'vue'
import { useSession } from '@/features/session/session'
import { noFilters, type Filters } from '@/incident/filters'
import { preferenceStore } from '@/incident/preferences'
import { usePreference } from '@/ui/preference'
import { knownFilters, workOf, type Work } from './work'
import { knownViews, type SavedView } from './views'

/** How an account left its desk. */
export interface Desk {
  tab: string
  filters: Partial<Filters>
  dense: boolean
}

const startDesk = (): Desk => ({ tab: 'todo', filters: noFilters(), dense: false })
const startViews = () => ({ items: [] as unknown[] })
/** The columns of the search, empty for the usual ones. */
const startColumns = () => ({ shown: [] as string[] })

/** One desk an account for all pages; what is set on one shows on the other. */
function make(account: string) {
  return effectScope(true).run(() => ({
    desk: usePreference(account, 'desk', startDesk, preferenceStore).value,
    views: usePreference(account, 'views', startViews, preferenceStore).value,
    columns: usePreference(account, 'columns', startColumns, preferenceStore).value,
  }))!
}
let made: { account: string; kept: ReturnType<typeof make> } | undefined

/** What this account wishes to find again: the queue and its filters, saved views, columns, density. */
export function useDesk() {
  const account = useSession().account.value?.id ?? ''
  if (made?.account !== account) made = { account, kept: make(account) }
  const { desk, views, columns } = made.kept
  return {
    tab: computed<Work>({ get: () => workOf(desk.tab) ?? 'todo', set: (tab) => (desk.tab = tab) }),
    filters: computed<Filters>({ get: () => knownFilters(desk.filters), set: (filters) => (desk.filters = filters) }),
    dense: computed({ get: () => desk.dense, set: (dense) => (desk.dense = dense) }),
    views: computed<SavedView[]>({ get: () => knownViews(views.items), set: (items) => (views.items = items) }),
    columns: computed<string[]>({
      get: () => columns.shown.filter((name): name is string => typeof name === 'string'),
      set: (shown) => (columns.shown = shown),
    }),
  }
}
