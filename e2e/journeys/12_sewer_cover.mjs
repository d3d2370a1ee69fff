import { deskOf } from '../lib/desk.mjs'
import { photo } from '../lib/photo.mjs'
import { phoneOf, standing } from '../lib/phone.mjs'

export const name = 'a sewer cover: seen on patrol with photo and position, claimed by the department, mended, checked on the spot by who saw it'

/** Told apart from what an earlier run left on the same server. */
const once = Date.now() % 100_000
const words = `巷口 ${once} 号窨井盖破了一角，车轮会陷进去`
const department = '锦云市政养护所'

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const page = await browser.open({ path: '/m', viewport: 'phone', as: 'worker', position: standing })
  const phone = phoneOf(page)
  await phone.ready()
  await phone.shoot()
  await expect.text(phone.main, /定位误差约 12 米/)
  await phone.main.getByRole('textbox', { name: /说明/ }).fill(words)
  await expect.visible(phone.main.getByRole('radio', { name: /井盖/ }))
  await phone.button('上报').click()
  await expect.visible(phone.main.getByRole('heading', { name: '已上报' }))
  const number = await phone.main.locator('.number').innerText()

  const duty = deskOf(await browser.open({ path: '/desk', as: 'duty' }))
  await duty.openNew(words)
  await duty.says(`建议派往 ${department}`)
  await expect.visible(duty.page.getByRole('article').getByRole('button', { name: /查看第 1 张照片|照片 1/ }))
  await duty.page.keyboard.press('d')
  await expect.text(duty.toast, `${number} 已派往 ${department}`)
  const id = new URL(duty.page.url()).searchParams.get('open')

  const clerk = deskOf(await browser.open({ path: '/desk', as: 'department' }))
  await clerk.ready()
  await clerk.openNew(words)
  await clerk.button('认领').first().click()
  await expect.visible(clerk.button('办结'))
  await clerk.act('办结', async form => {
    await form.getByLabel('处置结果').fill('换了新井盖，垫平')
    await form.locator('input[type=file]').last().setInputFiles(await photo(clerk.page, { name: 'after.jpg' }))
    await expect.visible(form.getByRole('img', { name: /照片 1/ }), 20_000)
  })
  await clerk.says('等待别人核查')
  await shot(clerk.page, 'handled')

  // Who saw it stands beside it again and finds it mended.
  await page.goto(`/m/orders/${id}`)
  const result = phone.main.getByRole('region', { name: '办理进度' })
  await expect.text(result, '换了新井盖，垫平')
  await phone.main.getByRole('button', { name: '核查通过' }).first().click()
  const check = phone.main.getByRole('region', { name: '核查通过' })
  await check.getByLabel('备注').fill('车压过不响')
  await check.getByRole('button', { name: '核查通过', exact: true }).click()
  await expect.text(result, '车压过不响')
  await shot(page, 'checked')

  await duty.says('请答复反映人并结案')
  const { state, orders, lon, lat } = await officer.get(`/api/v1/incidents/${id}`)
  expect.equal(state, 'checked')
  expect.equal(orders.length, 1)
  expect.ok(Math.abs(lon - standing.longitude) < 1e-5 && Math.abs(lat - standing.latitude) < 1e-5, 'where the phone stood')
  const { items } = await officer.get(`/api/v1/incidents/${id}/timeline`)
  const files = items.filter(({ files: list }) => list.length).map(({ do: done }) => done)
  expect.deepEqual(files, ['report', 'handle'], 'a photo of before and one of after')
}
