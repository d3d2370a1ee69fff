import { readFile } from 'node:fs/promises'
import { sound } from '../lib/pages.mjs'
import { readSheet } from '../lib/sheet.mjs'

export const name = 'a leader builds a table, keeps it, deletes it and takes that back, takes it out, and lets a long list be written in the background'

export async function run({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk/reports/tables', as: 'leader', expected: [/status of 422/] })
  const choice = name => page.getByRole('combobox', { name, exact: true })
  const total = page.locator('tfoot td').first()
  await expect.visible(total)
  await choice('列').selectOption({ label: '渠道' })
  await expect.visible(page.getByRole('columnheader', { name: '热线' }))
  await choice('行').selectOption({ label: '类别' })
  await expect.visible(page.getByRole('columnheader', { name: '类别' }))
  await choice('时期').selectOption({ label: '今年' })
  await choice('列').selectOption({ label: '日' })
  await expect.text(page.getByRole('alert'), '请缩短时期，或按周、按月分列')
  await choice('列').selectOption({ label: '月' })
  await expect.count(page.getByRole('alert'), 0)
  await sound(page)
  await shot(page, 'table')

  await page.getByRole('button', { name: '另存为' }).click()
  await page.getByRole('dialog').getByLabel('名称').fill('各类别逐月')
  await page.getByRole('dialog').getByLabel('共享给其他人').check()
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  const kept = page.getByRole('button', { name: '各类别逐月' })
  await expect.visible(kept)
  const file = async (name, door = page.getByRole('button', { name, exact: true })) => {
    const [got] = await Promise.all([page.waitForEvent('download'), door.click()])
    return readFile(await got.path())
  }
  expect.equal(readSheet(await file('Excel'))[0][0], '类别')
  expect.equal((await file('CSV')).subarray(0, 3).toString('hex'), 'efbbbf', 'office programs know UTF-8 by its mark')

  await page.getByRole('button', { name: '删除', exact: true }).click()
  await expect.count(kept, 0)
  await page.getByRole('button', { name: '撤回' }).click()
  await expect.visible(kept)
  const other = await browser.open({ path: '/desk/reports/tables', as: 'duty' })
  await other.getByRole('button', { name: /各类别逐月/ }).click()
  await expect.visible(other.getByRole('heading', { name: '各类别逐月' }))

  await inTheBackground({ page: other, expect, shot })
}

/** A list is written while its person goes on, and fetched when it is done. */
async function inTheBackground({ page, expect, shot }) {
  await page.goto('/desk/search')
  await page.getByRole('button', { name: '更多格式' }).click()
  await page.getByRole('button', { name: '后台导出 CSV' }).click()
  await expect.visible(page.getByRole('heading', { name: '导出', exact: true }))
  await expect.visible(page.getByText('已完成'), 30_000)
  const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载', exact: true }).click()])
  const text = (await readFile(await got.path())).toString()
  expect.ok(text.split('\r\n').length > 100, 'the whole list is there')
  await sound(page)
  await shot(page, 'exports')
  await page.getByRole('button', { name: '移除' }).click()
  await expect.visible(page.getByText('没有正在进行的导出'))
}
