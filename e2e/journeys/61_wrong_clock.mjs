import { phoneOf, standing } from '../lib/phone.mjs'

export const name = 'a phone whose clock is an hour ahead: what it reports stands at the right time, and what it shows is told by the right time'

const hour = 3_600_000
/** Told apart from what an earlier run left on the same server. */
const once = Date.now() % 100_000
const words = `流萤园北侧 ${once} 号路沿石松动`

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: 'about:blank', viewport: 'phone', as: 'worker', position: standing })
  await page.clock.install({ time: Date.now() + hour })
  await page.goto('/m/report')
  const phone = phoneOf(page)
  await phone.main.getByRole('textbox', { name: /说明/ }).fill(words)
  await phone.button('上报').click()
  await expect.visible(phone.main.getByRole('heading', { name: '已上报' }))
  const number = await phone.main.locator('.number').innerText()

  const officer = await api.as('duty')
  const { items } = await officer.get(`/api/v1/incidents?q=${number}`)
  for (const at of [items[0].received_at, items[0].occurred_at].filter(Boolean)) {
    expect.ok(Math.abs(at - Date.now()) < hour / 2, `it happened now and not at ${new Date(at).toISOString()}`)
  }
  await phone.main.getByRole('link', { name: '查看这一件' }).click()
  const progress = phone.main.getByRole('region', { name: '办理进度' })
  await expect.text(progress, /刚刚|1 分钟前/)
  await shot(page, 'shown')
}
