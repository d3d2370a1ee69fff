import { readFile } from 'node:fs/promises'
import { sound } from '../lib/pages.mjs'
import { readSheet } from '../lib/sheet.mjs'

export const name = 'a leader has a report made, reads it, fetches it as PDF and workbook, and sets when reports come by themselves'

export async function run({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk/reports', as: 'leader' })
  await expect.visible(page.getByRole('heading', { name: '报告', exact: true }))
  await page.getByLabel('时期').first().selectOption({ label: '周报' })
  await page.getByRole('button', { name: '生成报告' }).click()
  await expect.visible(page.getByRole('heading', { name: '锦云街道治理周报' }), 20_000)
  await expect.visible(page.getByText(/本周接报 [\d,]+ 件/).first())
  await expect.visible(page.getByRole('heading', { name: '每日接报与办结' }))
  await sound(page)
  await shot(page, 'report')

  const file = async name => {
    const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    return readFile(await got.path())
  }
  const pdf = await file('下载 PDF')
  expect.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  expect.ok(pdf.includes('/FontFile2') && pdf.includes('/ToUnicode'), 'the font is inside, and its text can be copied')
  const book = readSheet(await file('下载 Excel'))
  expect.equal(book[0][0], '锦云街道治理周报')

  const [, version] = /第 (\d+) 版/.exec(await page.getByText(/第 \d+ 版/).first().textContent())
  await page.getByRole('button', { name: '重新生成' }).click()
  await expect.visible(page.getByText(`第 ${Number(version) + 1} 版`).first(), 20_000)
  await page.goto('/desk/reports')
  await expect.visible(page.getByRole('link', { name: /周报 锦云街道/ }).nth(1))
  await page.getByRole('button', { name: '自动生成安排' }).click()
  const plan = page.getByRole('dialog')
  await plan.getByLabel('区域').selectOption({ index: 1 })
  await plan.getByRole('button', { name: '添加' }).click()
  await expect.visible(page.getByText('已保存。'))
  await sound(page)
  await shot(page, 'schedule')
}
