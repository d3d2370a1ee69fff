import { useQueries } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { t } from '@/i18n'
import { listAccounts, stateQuery } from './accounts/accounts'
import { listShortages } from './areas/areas'
import { readCalendar } from './clocks/calendar'
import { listSenders } from './notify/notify'
import { listRedraws } from './redraws/redraws'
import { listRules } from './rules/rules'
import { closedUnits } from './rules/closed'
import { readUpkeep } from './upkeep/upkeep'

/** Something that somebody has to look at, with the page where it is put right. */
export interface Concern {
  key: string
  grave: boolean
  what: string
  to: string
  go: string
}

interface Watch {
  name: string
  needs: string
  find: () => Promise<Concern[]>
}

/** How far back a change of areas that did not happen is still news. */
const redrawNews = 30 * 24 * 3600_000

const watches: Watch[] = [
  {
    name: 'upkeep', needs: 'settings.manage',
    find: async () =>
      (await readUpkeep()).warnings.map(({ code, grave, amount }) => ({
        key: code, grave, what: t(`upkeep.warning.${code}.what`, { days: amount }), to: '/desk/admin/upkeep', go: t('admin.attention.upkeep_go'),
      })),
  },
  {
    name: 'senders', needs: 'settings.manage',
    find: async () =>
      (await listSenders()).items
        .filter((sender) => sender.dead > 0 || (sender.active && sender.health.rest_until))
        .map((sender) => ({
          key: sender.id, grave: true, to: sender.dead ? '/desk/admin/notify/messages' : `/desk/admin/notify/${sender.id}`, go: t('admin.attention.senders_go'),
          what: sender.dead ? t('admin.attention.sender_dead', { name: sender.name, n: sender.dead }) : t('admin.attention.sender_rests', { name: sender.name }),
        })),
  },
  {
    name: 'rules', needs: 'rule.manage',
    find: async () => {
      const [rules, closed] = await Promise.all([listRules(), closedUnits()])
      return rules
        .filter((rule) => rule.disabled_why || (rule.active && rule.target === 'unit' && closed.has(rule.value ?? '')))
        .map((rule) => ({
          key: rule.id, grave: true, to: `/desk/admin/rules/${rule.id}`, go: t('admin.attention.rules_go'),
          what: rule.disabled_why
            ? t(`admin.attention.rule_disabled.${rule.disabled_why}`, { name: rule.name })
            : t('admin.attention.rule_closed', { name: rule.name, unit: closed.get(rule.value ?? '') ?? '' }),
        }))
    },
  },
  {
    name: 'calendar', needs: 'clock.manage',
    find: async () => {
      const { missing, samples } = await readCalendar()
      const concern = (key: string, year: number, grave: boolean): Concern => ({
        key: `${key}${year}`, grave, what: t(`admin.attention.${key}`, { year }), to: '/desk/admin/calendar', go: t('admin.attention.calendar_go'),
      })
      return [...missing.map((year) => concern('calendar_missing', year, true)), ...samples.map((year) => concern('calendar_sample', year, false))]
    },
  },
  {
    name: 'shortages', needs: 'area.manage',
    find: async () => {
      const { total } = await listShortages({ limit: 1 })
      return total ? [{ key: 'shortages', grave: false, what: t('admin.attention.shortages', { n: total }), to: '/desk/admin/staffing', go: t('admin.attention.shortages_go') }] : []
    },
  },
  {
    name: 'redraws', needs: 'area.manage',
    find: async () =>
      ((await listRedraws('stopped')).items ?? [])
        .filter((redraw) => redraw.created_at > Date.now() - redrawNews)
        .map((redraw) => ({ key: redraw.id, grave: true, what: t('admin.attention.redraw'), to: `/desk/admin/redraws/${redraw.id}`, go: t('admin.attention.redraw_go') })),
  },
  {
    name: 'locked', needs: 'account.read',
    find: async () => {
      const found = await listAccounts({ ...stateQuery('locked') }, undefined, 200)
      const n = (found.items ?? []).length
      return n ? [{ key: 'locked', grave: false, what: t('admin.attention.locked', { n: found.next ? `${n}+` : n }), to: '/desk/admin/accounts?state=locked', go: t('admin.attention.locked_go') }] : []
    },
  },
]

/** What needs attention in the part of somebody with these permissions; the gravest first. `asked` says that all was looked at. */
export function useAttention(held: ComputedRef<readonly string[]>) {
  const mine = computed(() => watches.filter((watch) => held.value.includes(watch.needs)))
  const results = useQueries({
    queries: computed(() => mine.value.map((watch) => ({ queryKey: ['admin-attention', watch.name], queryFn: watch.find, staleTime: 30_000 }))),
  })
  const concerns = computed(() => results.value.flatMap((result) => result.data ?? []).sort((a, b) => Number(b.grave) - Number(a.grave)))
  const asked = computed(() => results.value.every((result) => !result.isPending))
  const failed = computed(() => results.value.some((result) => result.isError))
  return { concerns, asked, failed, any: computed(() => mine.value.length > 0) }
}
