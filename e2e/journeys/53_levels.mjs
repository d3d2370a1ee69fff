import { begins } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'
import { report } from './52_rules.mjs'

export const name = 'what is ordinary stays at the street, an emergency goes to the county at once with the street told; an administrator says before whom overdue work is put'

/** The demo's rules send by themselves here. */
export const server = { own: true }

export async function run({ browser, api, expect, shot }) {
  const duty = await api.as('duty')
  const [ordinary] = await report(duty, 'safety.fire', 'general')
  expect.match(ordinary.unit.name, /巡区服务工作站/)
  const [urgent, told] = await report(duty, 'safety.gas', 'emergency')
  expect.equal(urgent.unit.name, '锦云区应急联动指挥中心')
  expect.equal(urgent.reason.code, 'rule.command')
  const names = told.map(copy => copy.unit?.name)
  expect.ok(names.includes('锦云街道基层治理中心') && names.some(one => /巡区服务工作站/.test(one)), `the street is told: ${names}`)
  const [elderly, upwards] = await report(duty, 'care.elderly', 'general')
  expect.equal(elderly.reason.code, 'rule.worker')
  expect.ok(elderly.person && upwards.length > 0, 'straight to the worker of the micro-grid, with copies upwards')

  const page = await browser.open({ path: '/desk/admin/ladders/new', as: 'admin', expected: [/422/] })
  await page.getByLabel('规则名称').fill('燃气超时上报')
  await page.getByLabel(begins('类别')).selectOption('safety.gas')
  await page.getByRole('button', { name: begins('建立规则') }).click()
  await expect.visible(page.getByText('请至少选一级。'))
  const rung = who => page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: who, exact: true }) })
  for (const [who, minutes] of [['巡区工作站', '30'], ['街道中心', '5']]) {
    await page.getByRole('checkbox', { name: who, exact: true }).check()
    await rung(who).getByRole('textbox').fill(minutes)
  }
  await page.getByRole('button', { name: begins('建立规则') }).click()
  await expect.visible(page.getByText('上一级的时间不能早于下一级。'))
  await rung('街道中心').getByRole('textbox').fill('60')
  await expect.visible(page.getByText('“燃气泄漏”类 → 巡区工作站（超时 30 分钟后） → 街道中心（超时 1 小时后）').or(page.getByText(/类 → 巡区工作站（超时 30 分钟后） → 街道中心（超时 1 小时后）/)))
  await sound(page)
  await shot(page, 'ladder')
  await page.getByRole('button', { name: begins('建立规则') }).click()
  await expect.url(page, /ladders\/(?!new)\w+$/)
  await expect.visible(page.getByRole('link', { name: begins('燃气超时上报') }))

  const admin = await api.as('admin')
  const [first] = (await admin.get('/api/v1/ladders')).items
  expect.equal(first.category, 'safety.gas', 'the narrowest counts first')
  await expect.refused(duty.post('/api/v1/ladders', { name: 'x', steps: [], active: true }), 403)
}
