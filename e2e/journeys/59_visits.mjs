import { sound } from '../lib/pages.mjs'

export const name = 'what officials bring home from visits becomes incidents, and departments and villages are counted apart'

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/desk/visits', as: 'leader' })
  await expect.visible(page.getByRole('heading', { name: '走访收集', exact: true }), 20_000)
  const sum = async (group) => {
    const section = page.getByRole('region', { name: group })
    if (!(await section.count())) return 0
    return Number(await section.locator('dd').nth(1).innerText())
  }
  await page.getByLabel('统计时间').selectOption('week')
  const visited = (text) => ({ text, channel: 'visit', kind: 'appeal' })
  const [worker, department] = [await api.as('worker'), await api.as('window')]
  await worker.post('/api/v1/incidents', visited('走访时居民反映楼道灯不亮。'))
  await worker.post('/api/v1/incidents', visited('走访时居民反映花坛边有垃圾。'))
  await department.post('/api/v1/incidents', visited('值守时群众反映门口停车难。'))
  await page.reload()
  await page.getByLabel('统计时间').selectOption('week')
  await expect.visible(page.getByRole('region', { name: '村（社区）干部' }), 20_000)
  if ((await sum('村（社区）干部')) < 2) throw new Error('the visits of the village are not counted')
  if ((await sum('部门和镇街干部')) < 1) throw new Error('the visits of the street are not counted')
  if ((await sum('县级领导')) !== 0) throw new Error('nobody of the county visited')
  await sound(page)
  await shot(page, 'counted')
  await page.getByRole('link', { name: '查看全部走访事件' }).click()
  await expect.visible(page.getByText('走访时居民反映花坛边有垃圾').first(), 20_000)
}
