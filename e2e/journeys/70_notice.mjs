import { pick } from '../lib/desk.mjs'
import { english } from '../lib/language.mjs'
import { sound } from '../lib/pages.mjs'
import { phoneOf } from '../lib/phone.mjs'

export const name = 'an officer publishes an emergency to a community, a worker, a resident and the wall see it at once, it is counted, and it is withdrawn, restored and ended'

export async function run({ browser, expect, shot }) {
  const phone = phoneOf(await browser.open({ path: '/m', viewport: 'phone', as: 'worker' }))
  await phone.ready()
  const wall = await browser.open({ path: '/screen', viewport: 'desk', as: 'leader' })
  const page = await browser.open({ path: '/desk/notices/new', as: 'duty', expected: [/status of 422/] })
  const title = await publishes({ page, expect, shot })
  const progress = page.getByRole('region', { name: '阅读情况' })

  const card = phone.main.getByRole('link').filter({ hasText: title })
  await expect.visible(card, 15_000)
  await shot(phone.page, 'card')
  await card.click()
  await expect.visible(phone.main.getByRole('heading', { name: title }))
  await sound(phone.page)

  await expect.visible(wall.getByRole('alert').getByText(title), 20_000)
  await shot(wall, 'wall')

  const resident = await browser.open({ path: '/', viewport: 'phone' })
  await expect.visible(resident.getByRole('heading', { name: title }))
  await expect.visible(resident.getByRole('alert').getByRole('link', { name: /119/ }))
  await sound(resident)
  await shot(resident, 'resident')

  await page.reload()
  await expect.text(progress, /[1-9]\d*\/\d+ 人已读/, 15_000)
  await expect.text(progress, /居民设备 [1-9]/)
  await expect.text(progress, /正在显示的大屏 [1-9]/)
  await expect.hidden(progress.getByText('杜小蘅'))
  await shot(page, 'progress')

  await withdraws({ page, expect })
  await expect.hidden(wall.getByRole('alert').getByText(title), 20_000)
  await page.getByRole('button', { name: '恢复显示' }).click()
  await expect.visible(page.getByText('已恢复显示'))
  await expect.visible(wall.getByRole('alert').getByText(title), 20_000)
  await page.getByRole('button', { name: '改结束时间' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '现在结束' }).click()
  await expect.visible(page.getByText('通知已结束'))
  await expect.hidden(wall.getByRole('alert').getByText(title), 20_000)
  await english(page)
  await sound(page)
}

async function publishes({ page, expect, shot }) {
  const title = `河堤积水 ${Date.now()}`
  await page.getByRole('radio', { name: /紧急消息/ }).check()
  await page.getByLabel('标题', { exact: true }).fill(title)
  await page.getByLabel('内容', { exact: true }).fill('河堤路积水过膝，请绕行，住在一楼的居民请上二楼。')
  await page.getByRole('checkbox', { name: /居民页面/ }).check()
  await pick(page, '给哪里的人看', '锦云街道', /锦云街道$/)
  await expect.visible(page.getByText(/\d+ 名工作人员，其中在岗 \d+ 人/))
  await sound(page)
  await page.getByRole('button', { name: '核对后发布' }).click()
  const dialog = page.getByRole('dialog')
  await expect.visible(dialog.getByText(/居民页面的所有访问者/))
  await shot(page, 'confirm')
  await dialog.getByRole('button', { name: '确认发布' }).click()
  await expect.visible(page.getByRole('heading', { name: title }))
  return title
}

async function withdraws({ page, expect }) {
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('撤回的原因').fill('水已退')
  await dialog.getByRole('button', { name: '撤回', exact: true }).click()
  await expect.visible(page.getByText(/已撤回：水已退/))
}
