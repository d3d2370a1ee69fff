import { sound } from '../lib/pages.mjs'

export const name = 'the clerk sees which grid lacks whom, changes what is needed, and looks up to whom a place belongs'

export async function run({ browser, api, expect, shot }) {
  const admin = await api.as('admin')
  const page = await browser.open({ path: '/desk/admin/staffing', as: 'admin' })
  const table = page.getByRole('region', { name: '缺员' })
  await expect.visible(table.getByRole('row').nth(1), 30_000)
  await page.getByLabel('层级', { exact: true }).first().selectOption('grid')
  await page.getByLabel('缺哪个岗位').selectOption('grid_head')
  const { total } = await admin.get('/api/v1/areas/staffing?level=grid&role=grid_head&limit=1')
  await expect.visible(page.getByText(`共 ${total} 个区域缺人`))
  await sound(page)
  await shot(page, 'coverage')
  await needs({ page, admin, expect })
  await place({ browser, admin, expect, shot })
}

/** One more line of what is needed, saved and taken back. */
async function needs({ page, admin, expect }) {
  const before = await admin.get('/api/v1/staffing-templates')
  const part = page.getByRole('region', { name: '配备要求' })
  await part.getByRole('button', { name: '加一行' }).click()
  const level = part.getByLabel('层级').last()
  await level.selectOption('community')
  await part.getByRole('button', { name: '保存要求' }).click()
  await expect.visible(page.getByText('配备要求已保存'))
  await expect.eventually(async () => expect.equal((await admin.get('/api/v1/staffing-templates')).items.length, before.items.length + 1))
  await admin.put('/api/v1/staffing-templates', before)
}

/** A name typed and a place on the map both answer with areas, patrol area, station and people. */
async function place({ browser, admin, expect, shot }) {
  const page = await browser.open({ path: '/desk/admin/lookup', as: 'admin' })
  const side = page.getByRole('region', { name: '地点归属' })
  await expect.visible(side.getByText('请在地图上点一下'))
  const { items } = await admin.get('/api/v1/areas?level=grid&limit=1')
  const box = side.getByRole('combobox')
  await box.fill(items[0].name)
  await side.getByRole('option').first().click()
  await expect.visible(side.getByRole('link', { name: items[0].name, exact: true }), 15_000)
  const { lon, lat } = await admin.get(`/api/v1/areas/${items[0].id}`)
  const found = await admin.get(`/api/v1/areas/lookup?lon=${lon}&lat=${lat}`)
  expect.equal(found.path.find(area => area.level === 'grid').id, items[0].id)
  if (found.patrol_area) await expect.visible(side.getByRole('link', { name: found.patrol_area.name }))
  for (const post of found.posts.slice(0, 1)) await expect.visible(side.getByText(post.name).first())
  await sound(page)
  await shot(page, 'place')
  const english = await browser.open({ path: '/desk/admin/redraws', as: 'admin', locale: 'en-US' })
  await expect.visible(english.getByRole('heading', { level: 1 }), 20_000)
  await sound(english)
}
