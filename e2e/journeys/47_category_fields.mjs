import { begins, deskOf, pick } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'
import { phoneOf } from '../lib/phone.mjs'

export const name = 'a clerk adds fields to a category, a caller\'s report takes one, the handler fills in what was missing, and taking a field away loses no answer'

const category = 'environment.green'
const words = '书香轩南门一棵树歪了'

export async function run({ browser, api, expect, shot }) {
  const clerk = await browser.open({ path: `/desk/admin/categories/${category}`, as: 'admin' })
  await asks(clerk, expect, { label: '树牌编号', en: 'Tree number', residents: true })
  await asks(clerk, expect, { label: '树种', en: 'Kind of tree' })
  await clerk.getByRole('button', { name: begins('保存') }).click()
  await expect.visible(clerk.getByText('已保存“绿化养护”'))
  await shot(clerk, 'clerk')
  await sound(clerk)

  const incident = await calls({ browser, api, expect, shot })
  await handles({ browser, api, expect, shot }, incident)

  await clerk.getByRole('button', { name: '停用 树牌编号' }).click()
  await expect.visible(clerk.getByText('有 1 件事件填过这一项'))
  await clerk.getByRole('button', { name: '仍要停用' }).click()
  await clerk.getByRole('button', { name: begins('保存') }).click()
  const officer = await api.as('duty')
  await expect.eventually(async () => {
    const { items } = await officer.get('/api/v1/categories')
    expect.ok(items.find(one => one.code === category).fields.find(one => one.label === '树牌编号').retired, 'it is not asked any more')
  })
  const { details } = await officer.get(`/api/v1/incidents/${incident.id}`)
  expect.deepEqual(details.map(one => `${one.label} ${one.text}`), ['树牌编号 S-204', '树种 香樟'])
}

async function asks(page, expect, { label, en, residents = false }) {
  await page.getByRole('button', { name: '加一项' }).click()
  const field = page.getByRole('region', { name: '要问的信息' }).locator('ol > li').last()
  await field.getByLabel('中文名称').fill(label)
  await field.getByLabel('英文名称').fill(en)
  if (residents) await field.getByLabel('也问居民').check()
  await expect.visible(page.getByRole('region', { name: '上报人看到的样子' }).getByLabel(begins(label)))
}

/** The caller knows the number of the tree and not its kind. */
async function calls({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/desk', as: 'duty' })
  const desk = deskOf(page)
  await desk.ready()
  await page.keyboard.press('n')
  const call = page.getByRole('region', { name: '登记' })
  await call.getByLabel('反映的内容').fill(words)
  await pick(call, '类别', '绿化')
  await call.getByLabel(begins('树牌编号')).fill('S-204')
  await page.keyboard.press('Control+Enter')
  await expect.visible(page.getByLabel(/^\d{6}-\d{4}-\d{4}$/).first())
  await page.keyboard.press('Escape')
  const matter = page.getByRole('region', { name: '事件内容' })
  await expect.text(matter, /树牌编号\s*S-204/)
  await expect.text(matter, '还缺：树种')
  await shot(page, 'desk')
  await sound(page, { dark: false, narrowToo: false })
  const officer = await api.as('duty')
  const { items } = await officer.get(`/api/v1/incidents?category=${category}&limit=1`)
  expect.equal(items[0].title, words)
  return items[0]
}

/** Whoever has it in hand sees on the phone what is missing, and fills it in. */
async function handles({ browser, api, expect, shot }, incident) {
  const worker = await api.as('worker')
  const { account } = await worker.get('/api/v1/session')
  const post = account.posts.find(({ current, area, unit }) => current && area && unit)
  const officer = await api.as('duty')
  await officer.act(incident.id, 'dispatch', { unit: post.unit.id, person: account.id })
  await worker.act(incident.id, 'accept_order')
  const page = await browser.open({ path: `/m/orders/${incident.id}`, viewport: 'phone', as: 'worker' })
  const phone = phoneOf(page)
  await expect.text(phone.main, '还缺：树种')
  await phone.main.getByRole('button', { name: '补充信息' }).click()
  const form = phone.main.getByRole('region', { name: '补充信息' })
  await form.getByLabel(begins('树种')).fill('香樟')
  await shot(page, 'phone')
  await form.getByRole('button', { name: '补充信息', exact: true }).click()
  await expect.hidden(form)
  await expect.text(phone.main.getByRole('region', { name: '办理进度' }), '树种：香樟')
}
