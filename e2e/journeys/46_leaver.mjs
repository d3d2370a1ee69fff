import { begins, pick } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'somebody with open orders leaves: planned and taken back, then for good, and a colleague has the orders'

export async function run({ browser, api, expect, shot }) {
  const security = await api.as('security')
  const system = await api.as('admin')
  const unit = await system.post('/api/v1/units', { name: '离岗演练队', kind: 'team' })
  const make = async (login, name) => {
    const made = await security.post('/api/v1/accounts', { login, name, posts: [{ role: 'department', unit: unit.id }] })
    const fresh = await api.as(login, made.password)
    await fresh.post('/api/v1/session/password', { old: made.password, new: 'snow-On-9-pines' })
    return { id: made.account.id, api: await api.as(login, 'snow-On-9-pines') }
  }
  const leaver = await make('ligang', '离岗甲')
  const heir = await make('jieban', '接班乙')
  const duty = await api.as('duty')
  const incident = await duty.post('/api/v1/incidents', { text: '演练：路口护栏倒了', channel: 'hotline', address: '演练路口' })
  await duty.act(incident.id, 'dispatch', { unit: unit.id })
  const order = (await duty.get(`/api/v1/incidents/${incident.id}`)).orders[0].id
  await leaver.api.act(incident.id, 'accept_order', { order })

  const page = await browser.open({ path: `/desk/admin/accounts/${leaver.id}`, as: 'security' })
  const dialog = page.getByRole('dialog')
  const begin = async () => {
    await page.getByRole('button', { name: '办理离岗' }).click()
    await expect.text(dialog, incident.number)
    await dialog.getByRole('button', { name: '下一步' }).click()
    await dialog.getByLabel('交给一位同事').check()
    await pick(dialog, '同事', '接班', /接班乙/)
    await dialog.getByRole('button', { name: '下一步' }).click()
  }
  await begin()
  await dialog.getByLabel('定在一个日期').check()
  await dialog.getByLabel('最后一个工作日').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
  await sound(page, { narrowToo: false })
  await shot(page, 'when')
  await dialog.getByRole('button', { name: '确认离岗' }).click()
  await expect.visible(page.getByText('工单交给接班乙'))
  await page.getByRole('button', { name: '撤回离岗安排' }).click()
  await expect.visible(page.getByRole('button', { name: '办理离岗' }))
  await leaver.api.get('/api/v1/incidents?queue=mine')

  await begin()
  await dialog.getByRole('button', { name: '确认离岗' }).click()
  await expect.visible(page.getByText('移交了 1 张工单'))
  await expect.visible(page.locator('.closed', { hasText: '已停用' }))
  await expect.refused(leaver.api.get('/api/v1/incidents'), 401, 'session.required')
  const now = await heir.api.get(`/api/v1/incidents/${incident.id}`)
  expect.equal(now.orders[0].person.id, heir.id)

  const english = await browser.open({ path: `/desk/admin/accounts/${heir.id}`, as: 'security', locale: 'en-US' })
  await english.getByRole('button', { name: begins('Let this person leave') }).click()
  await sound(english, { narrowToo: false })
}
