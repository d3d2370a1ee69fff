import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { withMessages } from '@/testing/messages'
import FiguresPage from './FiguresPage.vue'
import LatePage from './LatePage.vue'
import { figureRoutes } from './routes'

const kpi = (code: string, measure: string, base: string, unit = 'share', better = 'more') => ({ code, measure, base, unit, better, source: 'ours' })
const definitions = {
  measures: ['received', 'closed', 'overdue'].map((name) => ({ name, unit: 'count' })),
  kpis: [kpi('dispatch_in_time', 'dispatched_in_time', 'should_dispatch'), kpi('satisfaction', 'satisfied', 'rated'), kpi('time_close', 'ms_close', 'closed', 'ms', 'less')],
}
const part = (received: number, share: number | null, ms: number | null) => ({
  measures: { received, closed: 1, overdue: 0 },
  kpis: { dispatch_in_time: { value: share, count: 3, base: share === null ? 0 : 4 }, satisfaction: { value: null, count: 0, base: 0 }, time_close: { value: ms, count: 1, base: ms === null ? 0 : 1 } },
})
const row = (key: string, name: string, received = 4) => ({ key, name, level: 'community', ...part(received, 0.93724, 200_000), before: { key, name, ...part(2, 0.9, 260_000) } })
const result = (rows: unknown[] = [row('c1', '一社区'), row('', '')]) => ({
  position: 1234, at: Date.UTC(2026, 2, 1, 4, 3, 20), from: '2026-02-23', to: '2026-03-01', before_from: '2026-02-16', before_to: '2026-02-22', filling: false, events: true, left: 7, kpis: [], rows, total: row('', ''),
})
const late = {
  from: '2026-02-23', to: '2026-03-01', total: 1, by_stage: [{ stage: 'accept_order', count: 1, ms_over: 1_080_000 }], by_unit: [{ id: 'u', name: '城管队', count: 1 }], by_area: [], by_category: [], causes: [{ cause: 'waited_for_person', count: 1 }],
  items: [{ id: 'i', number: 'N1', title: '夜间噪音', state: 'in_progress', stage: 'accept_order', due_at: 0, over_ms: 1_080_000, running: true, area_name: '一社区', unit_name: '城管队', person_name: '', causes: ['nobody_on_duty', 'waited_for_person', 'returned'], returned: 1, reworked: 0, extended: 0 }],
}
const permissions = ['figures.read', 'incident.read', 'unit.read']
let asked: { path: string; query: Record<string, unknown> }[]
let shown: VueWrapper

/** Opens a page with a server that answers as told; a table that is refused can be told too. */
async function open(page: typeof FiguresPage | typeof LatePage, path: string, told: { figures?: unknown; refused?: { status: number; body: object }; areas?: unknown[] } = {}) {
  asked = []
  vi.spyOn(api, 'GET').mockImplementation(((url: string, options?: { params?: { query?: Record<string, unknown> } }) => {
    const query = options?.params?.query ?? {}
    asked.push({ path: url, query })
    const answers: Record<string, unknown> = {
      '/api/v1/session': { account: { id: 'a', name: '领导', login: 'leader', permissions } },
      '/api/v1/figures/definitions': definitions,
      '/api/v1/figures/late': late,
      '/api/v1/reports/areas': { items: told.areas ?? [{ id: 's', name: '街道', level: 'street', depth: 0 }, { id: 'c1', name: '一社区', level: 'community', depth: 1 }, { id: 'g', name: '网格', level: 'grid', depth: 2 }] },
      '/api/v1/me/preferences': { values: {} },
      '/api/v1/categories': { items: [] },
      '/api/v1/figures': told.figures ?? result(),
    }
    const today = url === '/api/v1/figures' && query.compare === undefined && query.by === 'none' && !query.from
    if (told.refused && url === '/api/v1/figures' && !today) return Promise.resolve({ error: told.refused.body, response: new Response(null, { status: told.refused.status }) })
    return Promise.resolve({ data: today ? result() : answers[url], response: new Response(null, { status: 200 }) })
  }) as never)
  const empty = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [...figureRoutes.map((route) => ({ ...route, path: `/${route.path}`, component: empty }) as never), { path: '/search', name: 'search', component: empty }, { path: '/', name: 'todo', component: empty }],
  })
  await router.push(path)
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  shown = mount(page, { attachTo: document.body, global: { plugins: [withMessages(), router, [VueQueryPlugin, { queryClient: client }]] } })
  for (let n = 0; n < 6; n++) await flushPromises()
  return { shown, router }
}
afterEach(() => shown.unmount())

it('shows the five figures large and the table with what changed, none where nothing was to measure', async () => {
  const { shown } = await open(FiguresPage, '/figures')
  const [dispatch, , , , satisfaction] = shown.findAll('.main .card').map((card) => card.text())
  expect(dispatch).toContain('93.72\u202f%')
  expect(dispatch).toContain('↑ 升 3.72 个百分点')
  expect(satisfaction).toContain('无')
  expect(satisfaction).not.toMatch(/\d%/)
  const first = shown.findAll('tbody tr')[1]!.text()
  expect(first).toContain('一社区')
  expect(first).toContain('3 分 20 秒')
  expect(first).toContain('↓ 快 1 分')
  expect(shown.text()).toMatch(/截至 \d\d:\d\d:20，第 1,234 条变化/)
  expect(shown.text()).toContain('没有定位')
  expect(shown.text()).toContain('还有 7 行没有列出')
})

it('explains a head when it has the focus', async () => {
  const { shown } = await open(FiguresPage, '/figures')
  await shown.findAll('thead .explained').find((head) => head.text().includes('按时派单率'))!.trigger('focus')
  await flushPromises()
  const card = shown.find('.definition').text()
  expect(card).toContain('按时派单 ÷ 应派单')
  expect(card).toContain('3 ÷ 4 = 93.72')
})

it('sorts by a head, and the address holds it', async () => {
  const { shown, router } = await open(FiguresPage, '/figures?area=s')
  const turn = () => shown.find('button[aria-label="按按时派单率排序"]')
  await turn().trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ area: 's', sort: 'kpi.dispatch_in_time' })
  expect(asked.at(-1)?.query.sort ?? asked.find((one) => one.query.sort)?.query.sort).toBe('kpi.dispatch_in_time')
  await turn().trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query.sort).toBe('-kpi.dispatch_in_time')
})

it('leads from a row one level down, and to its incidents', async () => {
  const { shown } = await open(FiguresPage, '/figures?channel=app')
  const [down, list] = shown.findAll('tbody tr')[1]!.findAll('a').map((link) => link.attributes('href'))
  expect(down).toBe('/figures?area=c1&channel=app')
  expect(list).toBe('/search?area=c1&channel=app&from=2026-02-23&to=2026-03-01')
  expect(shown.findAll('tbody tr')[2]!.findAll('a')).toHaveLength(0)
})

it('does not take the rows of before for what was just chosen', async () => {
  const { shown, router } = await open(FiguresPage, '/figures')
  vi.spyOn(api, 'GET').mockImplementation((() => new Promise(() => {})) as never)
  await router.push('/figures?by=week')
  await flushPromises()
  expect(shown.findAll('tbody tr')[1]!.text()).toContain('一社区')
  expect(shown.find('[aria-busy=true]').exists()).toBe(true)
})

it('says in words what to do when a question is too wide, and when nothing happened', async () => {
  const refused = { status: 422, body: { code: 'figures.too_many', params: { count: 300_000, max: 200_000 } } }
  const { shown: wide, router } = await open(FiguresPage, '/figures?period=last_month', { refused })
  expect(wide.find('[role=alert]').text()).toContain('300000 件')
  await wide.findAll('[role=alert] button').find((button) => button.text() === '看近 7 天')!.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({})
  wide.unmount()
  const long = { status: 422, body: { code: 'invalid', errors: [{ field: 'to', code: 'figures.too_long', params: { days: 3660 } }] } }
  const { shown: years } = await open(FiguresPage, '/figures?period=days&from=1990-01-01', { refused: long })
  expect(years.find('[role=alert]').text()).toMatch(/^一次最多统计 3660 天/)
  years.unmount()
  const nothing = { ...result([]), total: { key: '', name: '', ...part(0, null, null) } }
  const { shown } = await open(FiguresPage, '/figures?area=c1', { figures: nothing })
  expect(shown.text()).toContain('这段时间没有事件')
  expect(shown.text()).toContain('还没有在地图上画出范围')
})

it('offers no area to who sees only a unit', async () => {
  const { shown } = await open(FiguresPage, '/figures', { areas: [] })
  expect(shown.find('#figures-area').exists()).toBe(false)
  expect(shown.text()).toContain('所属单位 · 2026-02-23 至 2026-03-01')
})

it('says why each was late, opens it, and narrows to a unit', async () => {
  const { shown, router } = await open(LatePage, '/figures/late?by=unit')
  expect(shown.text()).toContain('等人接单，超时 18 分 · 当时没有人在岗 · 退回 1 次')
  expect(shown.find('.list a').attributes('href')).toBe('/?open=i')
  await shown.find('button.name').trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ by: 'unit', unit: 'u' })
})
