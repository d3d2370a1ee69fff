import { readFile } from 'node:fs/promises'
import { sound } from '../lib/pages.mjs'
import { makeSheet, readSheet } from '../lib/sheet.mjs'
import { wallOf } from '../lib/wall.mjs'

export const name = 'an administrator brings in cameras and adds one; on the wall their layer is switched on, the card tells what works, and a stream is watched beside the map once its site is allowed'
export const limit = 180_000

const rows = [
  ['编号', '名称', '类型', '状态', '经度', '纬度', '单位', '路编号', '路名称', '路状态', '画面网址'],
  ['AA-001', '=流萤园东门', '治安监控', '', '104.0755', '30.7', '', '1', '东向', '', ''],
  ['AA-001', '', '', '', '', '', '', '2', '西向', '故障', ''],
  ['AA-002', '流萤园西门', '摄像机', '', '104.0755', '30.7', '', '', '', '', ''],
]
const watch = 'https://video.example/play?id=7'

export async function run(world) {
  const { browser, api, expect, axe, shot } = world
  const admin = await api.as('admin')
  await bringIn(world)
  await addOne(world)

  const wall = await wallOf(browser, expect)
  const { page } = wall
  page.expectError(/request to elsewhere: https:\/\/video\.example\//)
  await page.context().route('https://video.example/**', route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<h1>东门画面</h1>' }))
  await page.getByRole('button', { name: '图层' }).click()
  await page.getByRole('checkbox', { name: '摄像点位' }).check()
  await expect.visible(page.getByText('107 个点位，2137 路'))
  await axe(page, { exclude: ['.maplibregl-ctrl-attrib'] })
  await shot(page, 'layer')
  await page.getByRole('button', { name: '图层' }).click()

  const card = page.getByRole('region', { name: '摄像点位' })
  await choose(page, '=流萤园东门')
  await expect.visible(card.getByRole('heading', { name: '=流萤园东门' }))
  await expect.visible(card.getByText('1 / 2 路正常'))
  await expect.visible(card.getByText('故障'))
  await choose(page, '流萤园南门')
  await expect.visible(card.getByRole('heading', { name: '流萤园南门' }))
  await expect.visible(card.getByText('大屏还不允许显示 video.example 的网页'))
  expect.equal(await card.getByRole('button', { name: '在地图旁显示' }).count(), 0)
  await axe(page, { exclude: ['.maplibregl-ctrl-attrib'] })
  await shot(page, 'card')
  await page.keyboard.press('Escape')
  await expect.hidden(card)

  await admin.put('/api/v1/screen/pages', { items: [{ name: '雪亮视频墙', url: 'https://video.example/wall', network: 'police' }] })
  await page.reload()
  await wall.until(async () => (await wall.points()) > 0, 'the map stands again, and its layers are as they were')
  await choose(page, '流萤园南门')
  await card.getByRole('button', { name: '在地图旁显示' }).click()
  const slot = page.getByRole('region', { name: '分屏' })
  await expect.text(slot, '流萤园南门 · 南向')
  await expect.text(slot, '公安网')
  await expect.visible(slot.frameLocator('iframe').getByText('东门画面'))
  await axe(page, { exclude: ['.maplibregl-ctrl-attrib', 'iframe'] })
  await shot(page, 'beside')
  await card.getByRole('button', { name: '正在显示' }).click()
  await expect.hidden(slot)

  const station = await api.as('station')
  const seen = await station.get('/api/v1/cameras?q=AA-')
  expect.deepEqual(seen.items, [], 'a station sees the cameras that it looks after')
  const trail = await (await api.as('audit')).get('/api/v1/audit?action=camera.create')
  expect.ok(trail.items.length >= 2, 'what was added stands in the trail')
}

/** Chooses a camera by keyboard, as somebody does who does not use the map. */
async function choose(page, camera) {
  const button = page.getByRole('navigation', { name: '摄像点位' }).getByRole('button', { name: camera, exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
}

async function bringIn({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk/admin/cameras', as: 'admin' })
  await expect.visible(page.getByRole('link', { name: '锦绣苑路口卡口' }))
  await page.getByRole('link', { name: '导入表格' }).click()
  await expect.visible(page.getByRole('heading', { name: '导入摄像点位' }))
  await page.getByLabel(/选择 xlsx 文件/).setInputFiles({ name: '点位.xlsx', mimeType: 'application/octet-stream', buffer: makeSheet(rows, []) })
  await expect.visible(page.getByText('共 3 行：新增 2，更新 0，已存在 0，有错 1。'))
  await expect.visible(page.getByText('“摄像机”不在可选的内容里').first())
  await sound(page)
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await expect.visible(page.getByText('导入完成：新增 2'), 20_000)
  await shot(page, 'brought-in')

  await page.goto(new URL('/desk/admin/cameras', page.url()).href)
  await page.getByRole('searchbox').fill('AA-001')
  await expect.visible(page.getByText('已显示 1 条', { exact: true }))
  const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出表格' }).click()])
  const taken = readSheet(await readFile(await list.path()))
  expect.equal(taken.length, 3, 'a row for each stream')
  expect.ok(taken[1].includes('=流萤园东门'), 'a name that looks like a formula stays a name')
  await page.close()
}

async function addOne({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk/admin/cameras/new', as: 'admin', expected: [/status of 422/] })
  const form = page.locator('form')
  await form.getByLabel('编号', { exact: true }).fill('AA-100')
  await form.getByLabel('名称', { exact: true }).fill('流萤园南门')
  await form.getByLabel('经度').fill('104.0756')
  await form.getByLabel('纬度').fill('30.7001')
  await form.getByRole('button', { name: '增加一路' }).click()
  await form.getByLabel('第 1 路 · 名称').fill('南向')
  await form.getByLabel('第 1 路 · 画面网址').fill('https://root:secret@video.example/play')
  await page.getByRole('button', { name: '建立点位' }).click()
  await expect.visible(page.getByText('网址里不能带账号、密码或密钥'))
  await sound(page)
  await form.getByLabel('第 1 路 · 画面网址').fill(watch)
  await page.getByRole('button', { name: '建立点位' }).click()
  await expect.visible(page.getByRole('heading', { name: '流萤园南门' }))
  await expect.visible(page.getByText('1 / 1 路正常').first())
  await shot(page, 'added')
  await page.close()
}
