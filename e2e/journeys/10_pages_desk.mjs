import { deskOf } from '../lib/desk.mjs'
import { everyPage } from '../lib/everypage.mjs'
import { all, sound } from '../lib/pages.mjs'

export const name = 'every page of the desk, the windows and the supervisor is accessible in light and dark, in Chinese and English, and fits a narrow window'
export const limit = 420_000

export async function run({ browser, api, expect }) {
  const [officer, clerk] = await Promise.all([api.as('duty'), api.as('department')])
  const first = (person, query, list = 'incidents') => async () => (await person.get(`/api/v1/${list}?limit=1&${query}`)).items[0].id
  const incident = first(officer, 'state=in_progress')
  await everyPage('desk', { browser, things: { incident, notice: first(officer, 'state=current', 'notices'), ...await orders(api), handled: first(officer, 'state=closed'), order: first(clerk, 'queue=unit') } })
  await what({ browser, expect }, await incident())
}

/** A directive that was sent and a handover that was signed. */
async function orders(api) {
  const [officer, leader] = await Promise.all([api.as('duty'), api.as('leader')])
  const units = (await officer.get('/api/v1/duty/units')).items
  return {
    handover: async () => (await officer.get(`/api/v1/duty/handovers?unit=${units.find(({ kind }) => kind === 'centre').id}`)).items[0].id,
    directive: async () => (await send(leader)).id,
    report: async () => (await makeReport(leader)).id,
  }
}

async function makeReport(leader) {
  const [area] = (await leader.get('/api/v1/reports/areas')).items
  return leader.post('/api/v1/reports', { kind: 'weekly', area: area.id, day: (await leader.get('/api/v1/reports')).today })
}

async function send(leader) {
  const { items } = await leader.get('/api/v1/areas?level=community&limit=1')
  return leader.post('/api/v1/directives', { title: '门前雪', text: '请提醒沿街商户清扫门前积雪。', deadline: Date.now() + 3_600_000, areas: [items[0].id] })
}

/** What opens on a page: a form, the call screen, filters, the key sheet. */
async function what({ browser, expect }, incident) {
  const page = await browser.open({ path: `/desk?open=${incident}`, as: 'duty' })
  const desk = deskOf(page)
  await all({
    form: async () => {
      await desk.start('补充记录')
      await sound(page)
      await page.keyboard.press('Escape')
    },
    call: async () => {
      await page.goto('/desk')
      await desk.ready()
      await page.getByRole('button', { name: /^\s*新来电/ }).click()
      await expect.visible(page.getByRole('region', { name: '登记' }))
      await sound(page)
      await page.keyboard.press('Escape')
    },
    filters: async () => {
      await page.goto('/desk/search')
      await page.getByRole('button', { name: /^\s*筛选/ }).click()
      await sound(page)
    },
    keys: async () => {
      await page.goto('/desk')
      await desk.ready()
      await page.keyboard.press('?')
      await expect.visible(page.getByRole('dialog', { name: '快捷键' }))
      await sound(page)
    },
  })
}
