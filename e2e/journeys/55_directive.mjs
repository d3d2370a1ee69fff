import { pick } from '../lib/desk.mjs'
import { english } from '../lib/language.mjs'
import { sound } from '../lib/pages.mjs'
import { phoneOf } from '../lib/phone.mjs'

export const name = 'a leader sends a directive straight to the workers of a community, one acknowledges it at once, and it is reminded of once and withdrawn'

export async function run({ browser, expect, shot }) {
  const phone = phoneOf(await browser.open({ path: '/m', viewport: 'phone', as: 'worker' }))
  await phone.ready()
  const page = await browser.open({ path: '/desk/directives/send', as: 'leader', expected: [/status of 422/] })
  const title = await sends({ page, expect, shot })
  const sent = page.getByRole('region', { name: '接收情况' })

  const banner = phone.main.getByRole('link').filter({ hasText: '条指令等您确认' })
  await expect.visible(banner, 15_000)
  await banner.click()
  await phone.page.waitForURL(/\/m\/directives/)
  const mine = phone.main.getByRole('link').filter({ hasText: title })
  if (!phone.page.url().match(/directives\/./)) await mine.click()
  await expect.visible(phone.main.getByRole('heading', { name: title }))
  await sound(phone.page)
  await shot(phone.page, 'received')
  await phone.main.getByLabel('要说的话').fill('已到河边')
  await phone.main.getByRole('button', { name: '我已知悉' }).click()
  await expect.visible(phone.main.getByText(/您已在 .* 确认/))

  await expect.text(sent, /1\/\d+ 已确认/, 15_000)
  await sent.getByRole('button', { name: /^已确认/ }).click()
  await expect.visible(sent.getByText('杜小蘅'))
  await expect.visible(sent.getByText('“已到河边”'))
  await shot(page, 'acknowledged')
  await sent.getByRole('button', { name: '再提醒一次' }).click()
  await expect.visible(sent.getByText(/已在 .* 提醒过|提醒过/))
  await expect.hidden(sent.getByRole('button', { name: '再提醒一次' }))
  await copied({ browser, title, expect })

  await sent.getByRole('button', { name: '撤回' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('撤回的原因').fill('雨停了')
  await sound(page, { narrowToo: false })
  await dialog.getByRole('button', { name: '撤回' }).click()
  await expect.visible(page.getByText('已撤回：雨停了'))
  await expect.visible(phone.main.getByText('已撤回：雨停了'), 15_000)
  await english(page)
  await sound(page)
}

async function sends({ page, expect, shot }) {
  const title = `防汛巡查 ${Date.now()}`
  await page.getByLabel('标题').fill(title)
  await page.getByLabel('内容').fill('今晚有暴雨，请到低洼处巡查一遍，有积水马上上报。')
  await page.getByRole('button', { name: '发出' }).click()
  await expect.visible(page.getByRole('alert').first(), 10_000)
  await pick(page, '发到哪些区域', '百集社区', /百集社区$/)
  await expect.visible(page.getByText(/会发给 \d+ 人/))
  await shot(page, 'before')
  await page.getByRole('button', { name: '发出' }).click()
  await expect.visible(page.getByRole('heading', { name: title }))
  return title
}

/** The levels between see it without having to acknowledge it. */
async function copied({ browser, title, expect }) {
  const between = await browser.open({ path: '/desk/directives', as: 'duty' })
  await between.getByRole('button', { name: '本辖区的' }).click()
  await between.getByRole('link').filter({ hasText: title }).click()
  await expect.visible(between.getByRole('region', { name: title }))
}
