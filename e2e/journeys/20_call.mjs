import { deskOf } from '../lib/desk.mjs'
import { focused } from '../lib/focus.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'a call in few keystrokes: number, words, three proposals, done; the number is read aloud, the caller is found by the whole phone number, and a lost code is told after checking'

const phone = '13800002020'
const words = '书香轩门口路灯坏了'
/** Keys beside what is written. The seconds are printed and not claimed: a busy machine draws its maps slowly. */
const mostKeys = 8

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const before = await officer.post('/api/v1/incidents', { text: '书香轩东门垃圾没有清运', channel: 'hotline', lon: 104.0755, lat: 30.7, address: '书香轩', reporter: { phone } })
  const page = await browser.open({ path: '/desk', as: 'duty' })
  const desk = deskOf(page)
  await desk.ready()

  const number = await report({ page, expect, shot }, before)
  await page.keyboard.press('Enter')
  await desk.opened(number)
  await expect.text(page.getByRole('region', { name: '事件内容' }), '书香轩')
  await large({ page, expect, shot }, number)
  await find({ page, desk, expect, shot }, before)
  await lostCode({ page, desk, officer, expect, shot }, before)
}

/** N, the number, Enter, the words, Tab for each proposal, Ctrl+Enter. */
async function report({ page, expect, shot }, before) {
  const call = page.getByRole('region', { name: '登记' })
  let keys = 0
  const press = async key => {
    keys++
    await page.keyboard.press(key)
  }
  const begun = Date.now()
  await press('n')
  await focused(call.getByLabel('来电号码'))
  await page.keyboard.type(phone)
  await press('Enter')
  await focused(call.getByLabel('反映的内容'))
  await expect.text(call.getByRole('region', { name: '这个号码反映过' }), before.title)
  await page.keyboard.type(words)
  const proposed = label => expect.eventually(async () => expect.ok(await call.getByLabel(label).getAttribute('placeholder'), `${label} is proposed`))
  await proposed('类别')
  await proposed('位置')
  await press('Tab')
  for (const label of ['类别', '位置', '派往']) {
    await focused(call.getByLabel(label))
    await proposed(label)
    await press('Tab')
  }
  await press('Control+Enter')
  const said = page.getByLabel(/^\d{6}-\d{4}-\d{4}$/).first()
  await expect.visible(said)
  const seconds = (Date.now() - begun) / 1000
  console.log(`# a call: ${keys} keys beside what is written, ${seconds.toFixed(1)} s`)
  expect.ok(keys <= mostKeys, `${keys} keys`)
  await shot(page, 'number')
  await sound(page, { dark: false, narrowToo: false })
  return said.getAttribute('aria-label')
}

/** The number of an open incident can be read from a chair's distance. */
async function large({ page, expect, shot }, number) {
  await page.keyboard.press('g')
  const dialog = page.getByRole('dialog', { name: '请把编号读给对方' })
  await expect.visible(dialog.getByLabel(number))
  await shot(page, 'large')
  await page.keyboard.press('Escape')
  await expect.hidden(dialog)
}

/** The whole number finds both reports; a part of it finds nothing. */
async function find({ page, desk, expect, shot }, before) {
  await page.keyboard.press('/')
  const box = page.getByRole('searchbox', { name: '搜索' })
  await focused(box)
  await page.keyboard.type(phone)
  await expect.visible(desk.row(before.title))
  await expect.visible(desk.row('路灯'))
  await expect.count(desk.rows.getByRole('option'), 2)
  await shot(page, 'found')
  await sound(page)
  await box.fill(phone.slice(0, 8))
  await expect.visible(page.getByText('没有符合条件的事件'))
}

/** The caller lost the code: nothing is shown before everything was checked, then it stands large and is recorded. */
async function lostCode({ page, desk, officer, expect, shot }, before) {
  await desk.open(before)
  await desk.part('反映人').getByRole('button', { name: '告知查询码' }).click()
  const dialog = page.getByRole('dialog', { name: '告知查询码' })
  const tell = dialog.getByRole('button', { name: '已核对，显示查询码' })
  expect.ok(await tell.isDisabled(), 'first it is checked')
  await shot(page, 'check')
  for (const box of await dialog.getByRole('checkbox').all()) await box.check()
  await tell.click()
  const shown = dialog.getByRole('img')
  await expect.visible(shown)
  const { code } = await officer.post(`/api/v1/incidents/${before.id}/reporter`, { purpose: 'lost_code' })
  const plain = text => text.replace(/[-\s]/g, '')
  expect.equal(plain(await shown.getAttribute('aria-label')), plain(code))
  await shot(page, 'code')
  await sound(page)
}
