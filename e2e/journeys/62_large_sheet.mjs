import { makeSheet } from '../lib/sheet.mjs'

export const name = 'a table of 50,000 rows is looked at row by row while the page says how far it is; one row more is refused with what to do'

const most = 50_000
const head = ['姓名', '手机号', '登录名', '角色', '单位', '区域', '备注']
/** Rows that lack what is needed: looked at, and nothing is made of them. */
const table = count => makeSheet([head, ...Array.from({ length: count }, (_, i) => ['', '', `row${i}`, '', '', '', ''])])

export const server = { own: true }

export async function run({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk/admin/accounts/import', as: 'security', expected: [/status of 422/] })
  await expect.visible(page.getByRole('heading', { name: '导入账号' }))
  const choose = count => page.getByLabel(/选择 xlsx 文件/).setInputFiles({ name: '大表.xlsx', mimeType: 'application/octet-stream', buffer: table(count) })
  await choose(most + 1)
  await expect.visible(page.getByText(/50,?000 行/).filter({ visible: true }), 60_000)
  await shot(page, 'refused')
  await choose(most)
  await expect.visible(page.getByText(/共 50,?000 行：新增 0，更新 0，已存在 0，有错 50,?000/), 120_000)
  await shot(page, 'looked-at')
}
