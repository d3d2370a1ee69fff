import { deskOf } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'a department takes what is for it, handles several at once, and prints orders with their code'

const words = ['门口石墩被撞歪', '路牌背面贴满小广告', '步道护栏少了两根']

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const clerk = await api.as('department')
  const { items: units } = await officer.get(`/api/v1/units?q=${encodeURIComponent('锦云综合行政执法大队')}`)
  const made = []
  for (const text of words) {
    const incident = await officer.post('/api/v1/incidents', { text, channel: 'hotline', lon: 104.0755, lat: 30.7, address: '竹里庭东门' })
    await officer.act(incident.id, 'dispatch', { unit: units[0].id })
    made.push(incident)
  }
  const page = await browser.open({ path: '/desk', as: 'department' })
  const desk = deskOf(page)
  await desk.ready()
  expect.ok(new URL(page.url()).pathname === '/desk/work', 'who handles orders begins with them')
  for (const text of words) await expect.visible(desk.row(text))
  await sound(page)

  // Three are chosen with the mouse, accepted, and handled with one form; the rows say what became of each.
  const choose = async () => {
    for (const text of words) await desk.row(text).locator('.check').click()
  }
  const together = async (action, fill = async () => {}) => {
    await page.locator('footer').getByRole('button', { name: action }).click()
    const dialog = page.getByRole('dialog')
    await expect.visible(dialog)
    await fill(dialog)
    await dialog.getByRole('button', { name: new RegExp(`^\\s*${action} 3 件`) }).click()
    await expect.hidden(dialog)
  }
  await choose()
  await together('接单')
  await page.getByRole('button', { name: /^\s*我手上的/ }).click()
  await expect.visible(desk.row(words[0]))
  await desk.row(words[0]).click()
  await desk.opened(made[0].number)
  await shot(page, 'mine')
  await choose()
  await page.keyboard.press('p')
  await expect.eventually(async () => expect.equal(await page.locator('.sheet').count(), 3))
  await expect.text(page.locator('.sheet').first(), '单位盖章')
  await expect.visible(page.getByRole('img', { name: /二维码/ }).first())
  await sound(page)
  await shot(page, 'sheet')
  await page.getByRole('button', { name: '返回' }).click()
  await desk.ready()
  await choose()
  await together('办结', form => form.getByLabel('处置结果').fill('已现场处置，恢复原状'))
  for (const { id } of made) {
    const now = await clerk.get(`/api/v1/incidents/${id}`)
    expect.equal(now.state, 'checking')
    expect.equal(now.orders[0].result, '已现场处置，恢复原状')
  }
}
