import { sound } from '../lib/pages.mjs'

export const name = 'a grid supervisor reads what was handled, sees before beside after, and rates it'

export async function run({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk/supervise', as: 'supervisor' })
  await page.getByLabel('时间').selectOption('month')
  const list = page.getByRole('region', { name: '办理监督' })
  await expect.visible(list.getByRole('listitem').first(), 20_000)
  await sound(page)
  const title = await list.getByRole('listitem').first().locator('strong').innerText()
  await list.getByRole('listitem').first().getByRole('link').click()

  const matter = page.getByRole('article')
  await expect.visible(matter.getByText('处置前', { exact: true }))
  await expect.visible(matter.getByText('处置后', { exact: true }))
  await matter.getByRole('button', { name: /^评价/ }).first().click()
  const form = matter.locator('form')
  await form.getByRole('radio', { name: /^4/ }).check()
  await form.locator('textarea').first().fill('照片清楚，处理及时')
  await form.getByRole('button', { name: /^评价/ }).click()
  await expect.text(matter, /评了 4 分/)
  await expect.hidden(list.getByText(title, { exact: true }))
  await shot(page, 'rated')

  await page.getByLabel('只看还没评的').uncheck()
  await expect.visible(list.getByText('已评 4 分'))
  const other = await browser.open({ path: '/desk/supervise', as: 'supervisor', locale: 'en-US' })
  await expect.visible(other.getByRole('heading', { name: 'Review of handled matters' }), 30_000)
  await sound(other)
}
