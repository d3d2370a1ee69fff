import { begins } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'
import { makeSheet, readSheet } from '../lib/sheet.mjs'
import { readFile } from 'node:fs/promises'

export const name = 'a clerk brings in a table with merged cells, empty and wrong rows, gets a report with first passwords once, and takes the list out'

const rows = [
  ['锦云街道人员名单'],
  ['姓名', '手机号', '登录名', '角色', '单位', '区域', '备注'],
  ['示例：张三', '13800000000', 'zhangsan', '专职网格员', '', '', ''],
  ['宋雨眠', 13800004501, 'songym', '值班员', '', '锦云街道', '甲'],
  ['', '', '', '网格监督员', '', '锦云街道', ''],
  [],
  ['何未央', '１３８００００４５０２', '', '值班员', '', '锦云街道', '=1+1'],
  ['坏电话', '1380', 'badphone', '值班员', '', '锦云街道', ''],
  ['坏地方', '13800004503', 'badplace', '值班员', '', '没有这条街', ''],
]

export async function run({ browser, base, api, expect, shot }) {
  const page = await browser.open({ path: '/desk/admin/accounts', as: 'security', expected: [/status of 422/] })
  await page.getByRole('link', { name: '导入表格' }).click()
  await expect.visible(page.getByRole('heading', { name: '导入账号' }))
  await sound(page)
  const [template] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载模板' }).click()])
  expect.deepEqual(readSheet(await readFile(await template.path()))[0].slice(0, 2), ['姓名 *', '手机号'])

  const choose = (name, buffer) => page.getByLabel(/选择 xlsx 文件/).setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await choose('名单.xlsx', Buffer.from('姓名,手机号'))
  await expect.visible(page.getByText('这不是 xlsx 表格'))
  await choose('名单.xlsx', makeSheet(rows, ['A1:G1', 'A4:A5', 'B4:B5', 'C4:C5']))
  await expect.visible(page.getByText('共 5 行：新增 2，更新 1，已存在 0，有错 2。'))
  await expect.visible(page.getByText('没有找到区域“没有这条街”').first())
  await expect.visible(page.getByText('F9（区域）', { exact: false }).first())
  await sound(page)
  await shot(page, 'looked-at')
  await expect.refused(api.as('songym', 'x'), 401, 'session.refused')

  await page.getByRole('button', { name: '导入 3 行' }).click()
  await expect.visible(page.getByText('导入完成：新增 2，更新 1'), 20_000)
  const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载结果和初始密码' }).click()])
  const table = readSheet(await readFile(await report.path()))
  const secret = table.find(row => row.includes('何未央')).at(-1)
  expect.deepEqual(table[0].slice(-3), ['结果', '原因', '初始密码'])
  await expect.visible(page.getByText('初始密码已经下载过'))
  const [again] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载结果' }).click()])
  expect.ok(!readSheet(await readFile(await again.path())).flat().includes(secret), 'the passwords are told once')
  await shot(page, 'done')
  await sound(page)
  await api.as('13800004502', secret)

  await page.getByRole('link', { name: begins('回到列表') }).last().click()
  await page.getByRole('searchbox').fill('songym')
  await expect.visible(page.getByText('已显示 1 条', { exact: true }))
  const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出表格' }).click()])
  const taken = readSheet(await readFile(await list.path()))
  expect.equal(taken.length, 2)
  expect.ok(taken[1].includes('138****4501') && taken[1].includes('songym'), 'the list is taken out as it is shown')

  const trail = await api.as('audit')
  const { items } = await trail.get('/api/v1/audit?action=list.export')
  expect.equal(items[0].object_id, 'accounts')
  const { token } = await api.as('security')
  for (const path of ['units', 'posts', 'roles']) {
    const answer = await fetch(`${base}/api/v1/${path}/export.xlsx?lang=en`, { headers: { authorization: `Bearer ${token}` } })
    expect.ok(readSheet(Buffer.from(await answer.arrayBuffer())).length > 1, `${path} can be taken out`)
  }
}
