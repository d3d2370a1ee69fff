import { sound } from '../lib/pages.mjs'
import { splittable } from '../lib/splittable.mjs'

export const name = 'a clerk splits a grid on the map: the preview says whom it touches, it holds at once or from a time, and an open incident follows'

export async function run({ browser, api, expect, shot }) {
  const admin = await api.as('admin')
  const officer = await api.as('duty')
  const { grid, west, east } = await splittable(admin)
  const report = await officer.post('/api/v1/incidents', { text: '路边井盖松动', channel: 'hotline', lon: east.lon, lat: east.lat })

  const page = await browser.open({ path: `/desk/admin/areas/${grid.id}`, as: 'admin' })
  await page.getByRole('link', { name: '拆分', exact: true }).click()
  await expect.visible(page.getByText('第一步：在区域的一边点一下'))
  await page.locator('.maplibregl-canvas').waitFor()
  await expect.visible(page.getByText(/画好以后，这里会显示/))
  await sound(page)

  // The line is drawn from outside to outside, through the middle between two micro-grids.
  await expect.eventually(async () => {
    if (await page.locator('.handle').count()) return
    await draw(page)
  }, 30_000)
  const panel = page.getByRole('form', { name: '影响' })
  await expect.visible(panel.getByText('第 1 块'), 30_000)
  await expect.visible(panel.getByText('第 2 块'))
  await expect.visible(panel.getByRole('button', { name: '确定调整' }))

  // Undone and done again by the keyboard; kept when the page is loaded again.
  await page.locator('.maplibregl-canvas').focus()
  await page.keyboard.press('Control+z')
  await expect.visible(page.getByText('第二步：在另一边点一下'))
  await page.keyboard.press('Control+y')
  await expect.visible(page.getByText('切好了'))
  await page.reload()
  await expect.visible(page.getByText('上次没画完的还在'))
  await expect.visible(panel.getByText('第 2 块'), 30_000)

  const fresh = panel.getByRole('group').filter({ has: page.getByRole('textbox', { name: '名称' }) })
  await fresh.getByRole('textbox', { name: '名称' }).fill('新分出的网格')
  await expect.visible(panel.getByText('新分出的网格').first())
  await sound(page)
  await shot(page, 'preview')
  const go = panel.getByRole('button', { name: '确定调整' })
  await expect.eventually(async () => expect.ok(await go.isEnabled(), 'it can be sent'), 15_000)
  await go.click()
  await expect.visible(page.getByRole('article').getByText('已生效', { exact: true }), 20_000)
  await sound(page)

  // Whichever piece the incident lies in, it is where the tree says, and has an entry when that is another grid.
  const now = await admin.get(`/api/v1/locate?lon=${east.lon}&lat=${east.lat}`)
  const owner = now.path.find(area => area.level === 'grid')
  const other = (await admin.get(`/api/v1/locate?lon=${west.lon}&lat=${west.lat}`)).path.find(area => area.level === 'grid')
  expect.ok(owner.id !== other.id, 'the two sides belong to different grids')
  await expect.eventually(async () => {
    const incident = await officer.get(`/api/v1/incidents/${report.id}`)
    expect.ok(JSON.stringify(incident.area).includes(owner.id) || JSON.stringify(incident.area).includes(owner.name), 'the incident follows')
  }, 10_000)
  if (owner.id !== grid.id) {
    const { items } = await officer.get(`/api/v1/incidents/${report.id}/timeline`)
    expect.ok(items.some(entry => entry.do === 'redrawn'), 'with an entry')
  }
  await later({ browser, admin, expect, shot }, owner.id === grid.id ? other : owner)
}

/** A redraw for tomorrow changes nothing today, and can be withdrawn until then. */
async function later({ browser, admin, expect, shot }, grid) {
  const page = await browser.open({ path: `/desk/admin/areas/${grid.id}?edit=merge`, as: 'admin' })
  const panel = page.getByRole('form', { name: '影响' })
  await expect.visible(panel.locator('.chip').first(), 30_000)
  // Any neighbour that touches will do; one that does not is refused with a sentence.
  const boxes = await panel.getByRole('checkbox').count()
  for (let i = 0; i < boxes; i++) {
    const box = panel.getByRole('checkbox').nth(i)
    if (await box.isChecked()) continue
    await box.check({ force: true })
    await expect.visible(panel.getByText('选的区域没有连在一起').or(panel.getByText('合并以后')).first(), 20_000)
    if (await panel.getByText('合并以后').isVisible()) break
    await box.uncheck({ force: true })
  }
  await panel.getByText('到时生效', { exact: true }).click()
  const go = panel.getByRole('button', { name: '安排调整' })
  await expect.eventually(async () => expect.ok(await go.isEnabled(), 'it can be planned'), 15_000)
  await go.click()
  await expect.visible(page.getByRole('article').getByText('待生效', { exact: true }), 20_000)
  await shot(page, 'planned')
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
  await expect.visible(page.getByRole('article').getByText('什么也没有改'), 15_000)
  const { items } = await admin.get('/api/v1/redraws?limit=1')
  expect.equal(items[0].state, 'withdrawn')
}

/** Clicks above and below the middle of the map, in which the whole grid is shown. */
async function draw(page) {
  const box = await page.locator('.edit-map').boundingBox()
  await page.mouse.click(box.x + box.width / 2, box.y + 12)
  await page.mouse.click(box.x + box.width / 2, box.y + box.height - 40)
}
