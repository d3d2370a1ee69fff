import { deskOf } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'several at once: what goes where is shown first, one refusal stops nothing and says why, and what went is taken back'

const place = '雁栖里'
const texts = [`${place}东门路灯不亮`, `${place}西门路灯闪烁`, `${place}北门路灯倒了`]

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const made = []
  for (const text of texts) made.push(await officer.post('/api/v1/incidents', { text, channel: 'hotline', lon: 104.0755, lat: 30.7, address: place }))
  const page = await browser.open({ path: '/desk', as: 'duty', expected: [/status of 409/] })
  const desk = deskOf(page)
  await desk.ready()
  await narrow(page, expect)
  await expect.count(desk.rows.getByRole('option'), 3)

  await page.keyboard.press('j')
  await page.keyboard.press('Shift+J')
  await page.keyboard.press('Shift+J')
  await expect.visible(page.getByText('已选 3 件'))
  await expect.count(desk.rows.getByRole('option', { checked: true }), 3)
  await shot(page, 'chosen')
  await page.keyboard.press('Shift+D')
  const dialog = page.getByRole('dialog', { name: /按建议派出/ })
  await expect.text(dialog, '将派往')
  for (const text of texts) await expect.text(dialog.getByRole('list', { name: '将要处理的事件' }), text)
  await shot(page, 'preview')
  await sound(page)

  // Somebody else is faster with one of them.
  await officer.act(made[1].id, 'void', { reason: '重复登记' })
  await page.keyboard.press('Control+Enter')
  await expect.text(dialog, '办成 2 件，1 件没有办成')
  await expect.text(dialog.getByRole('listitem').filter({ hasText: texts[1] }), '没有办成')
  const state = async n => (await officer.get(`/api/v1/incidents/${made[n].id}`)).state
  expect.deepEqual(await Promise.all([0, 1, 2].map(state)), ['in_progress', 'voided', 'in_progress'])
  await shot(page, 'refused')
  await page.keyboard.press('Escape')
  await expect.hidden(dialog)

  await expect.text(desk.toast, '已派出 2 件')
  await desk.toast.getByRole('button', { name: '撤回' }).first().click()
  await expect.text(desk.toast, '已撤回 2 件')
  expect.deepEqual(await Promise.all([0, 2].map(state)), ['accepted', 'accepted'])

  await withdrawOne({ page, desk, officer, expect, shot }, made[0])
  await wide({ page, expect })
}

/** One that went to the wrong unit is withdrawn from its order, with a reason, and can be sent there again. */
async function withdrawOne({ page, desk, officer, expect, shot }, incident) {
  await officer.act(incident.id, 'dispatch', {})
  await desk.open(incident)
  await desk.part('派遣单').getByRole('button', { name: /^撤回派单/ }).first().click()
  await desk.next.getByLabel('原因').fill('这一带不归他们管')
  await page.keyboard.press('Control+Enter')
  await expect.text(desk.timeline, '这一带不归他们管')
  await shot(page, 'withdrawn')
  await desk.toast.getByRole('button', { name: '重新派出' }).click()
  await desk.says('等待')
}

/** The list of this journey's own incidents: other journeys work at the same desk. */
async function narrow(page, expect) {
  await page.keyboard.press('f')
  const filters = page.getByRole('region', { name: '筛选条件' })
  await filters.getByRole('searchbox').fill(place)
  await page.keyboard.press('Escape')
  await expect.hidden(filters)
}

/** The filters are kept with the account; whoever comes next at this desk wants all. */
async function wide({ page, expect }) {
  const kept = page.waitForResponse(response => response.url().endsWith('/preferences/desk') && response.ok())
  await page.getByRole('navigation', { name: '工作队列' }).getByRole('button', { name: /^\s*要我做的/ }).click()
  await kept
  await expect.hidden(page.getByText('没有符合筛选条件的事件'))
}
