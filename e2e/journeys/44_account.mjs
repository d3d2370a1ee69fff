import { begins, pick } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'a clerk adds a colleague in few steps, resets the password, and the colleague signs in for the first time'

const password = 'rain-Over-7-roofs'

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/desk/admin/accounts', as: 'security' })
  await expect.visible(page.getByRole('table'))
  await chooseColumns(page, expect)

  await page.keyboard.press('n')
  const form = page.getByRole('article')
  await form.getByLabel('姓名或名称').fill('沈知秋')
  await form.getByLabel('电话').fill('13800001234')
  await expect.eventually(async () => expect.equal(await form.getByLabel('登录账号').inputValue(), 'szq1234'))
  await form.getByLabel('角色').selectOption({ label: '值班员' })
  await expect.visible(form.getByText('接电话、核实、派单'))
  await pick(form, '区域', '锦云街道', /锦云街道/)
  await sound(page)
  await page.getByRole('button', { name: begins('建立账号') }).click()
  const dialog = page.getByRole('dialog')
  const secretOf = async () => (await dialog.getByLabel('沈知秋的初始密码').last().innerText()).trim()
  const first = await secretOf()
  await expect.visible(dialog.getByRole('button', { name: '打印给本人' }))
  await dialog.getByRole('button', { name: '已记下，关闭' }).click()
  await expect.visible(page.getByRole('heading', { name: '沈知秋', level: 2 }))
  await shot(page, 'made')

  await page.getByRole('button', { name: '重置密码' }).first().click()
  await dialog.getByRole('button', { name: begins('重置') }).click()
  await expect.visible(dialog.getByLabel('沈知秋的初始密码').last())
  const second = await secretOf()
  expect.ok(first !== second, 'a reset makes another password')
  await sound(page, { narrowToo: false })
  await dialog.getByRole('button', { name: '已记下，关闭' }).click()
  await expect.refused(api.as('szq1234', first), 401, 'session.refused')

  const own = await browser.open({ path: '/desk', expected: [/status of (401|403)/] })
  await own.getByRole('textbox', { name: '账号' }).fill('szq1234')
  await own.getByLabel('密码', { exact: true }).fill(second)
  await own.getByRole('button', { name: '登录' }).click()
  await own.getByRole('textbox', { name: begins('原密码') }).fill(second)
  await own.getByRole('textbox', { name: begins('新密码') }).fill(password)
  await own.getByRole('textbox', { name: begins('再输入一遍') }).fill(password)
  await own.getByRole('button', { name: '保存并继续' }).click()
  await expect.visible(own.getByRole('listbox').first())

  await page.getByRole('button', { name: '全部退出登录' }).click()
  await expect.visible(page.getByText('已在所有设备退出登录'))
}

/** The choice of columns and the sort hold when the list is opened again. */
async function chooseColumns(page, expect) {
  const head = name => page.getByRole('columnheader', { name: begins(name) })
  await page.getByRole('button', { name: '显示的列' }).click()
  await page.getByRole('checkbox', { name: '建立时间' }).check()
  await page.keyboard.press('Escape')
  await expect.visible(head('建立时间'))
  await head('姓名').getByRole('button').click()
  await expect.eventually(async () => expect.equal(await head('姓名').getAttribute('aria-sort'), 'ascending'))
  await page.reload()
  await expect.visible(head('建立时间'))
}
