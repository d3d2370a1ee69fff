import { sound } from '../lib/pages.mjs'

export const name = 'a border across itself and one that leaves a gap are refused with the place to look at, and nothing drawn is lost'

export async function run({ browser, api, expect, shot }) {
  const admin = await api.as('admin')
  const { items } = await admin.get('/api/v1/areas?level=grid&limit=50')
  const grid = items.find(one => one.has_shape)
  const { geometry } = await admin.get(`/api/v1/areas/${grid.id}/shape`)
  const before = JSON.stringify(geometry)

  const page = await browser.open({ path: `/desk/admin/areas/${grid.parent_id}?edit=new`, as: 'admin' })
  const map = page.locator('.edit-map')
  await expect.visible(page.getByText('第一步：沿着区域的边'))
  const handles = page.locator('.handle:not(.middle)')
  // A bow tie: the third point is beside the first, the fourth beside the second.
  const spots = [[0.3, 0.3], [0.7, 0.7], [0.7, 0.3], [0.3, 0.7]]
  await map.locator('.maplibregl-canvas').waitFor()
  const box = await map.boundingBox()
  const at = ([x, y]) => [box.x + box.width * x, box.y + box.height * y]
  await expect.eventually(async () => {
    if (await handles.count()) return
    await page.mouse.click(...at(spots[0]))
    expect.ok(await handles.count(), 'the map takes points')
  }, 30_000)
  for (const spot of spots.slice(1)) await page.mouse.click(...at(spot))
  await expect.count(handles, 4)
  await expect.visible(page.getByRole('img', { name: '边界在这里自己交叉' }))
  await expect.visible(page.getByText('现在不能保存'))
  expect.equal(await page.getByRole('button', { name: '确定调整' }).count(), 0, 'it cannot be sent')
  await sound(page, { narrowToo: false })
  await shot(page, 'crossed')

  // By the keyboard: a point taken out mends it; Ctrl+Z brings it back.
  await handles.last().focus()
  await page.keyboard.press('Delete')
  await expect.count(handles, 3)
  await expect.hidden(page.getByText('现在不能保存'))
  await page.keyboard.press('Control+z')
  await expect.count(handles, 4)
  const place = await handles.last().boundingBox()
  await handles.last().focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect.eventually(async () => expect.ok(Math.abs((await handles.last().boundingBox()).x - place.x) > 5, 'an arrow key moves the point'))
  await page.reload()
  await expect.count(handles, 4, 30_000)

  // The server refuses too, says where, and changes nothing.
  const bow = [[0, 0], [1e-3, 1e-3], [1e-3, 0], [0, 1e-3], [0, 0]].map(([x, y]) => [geometry.coordinates.flat(3)[0] + x, geometry.coordinates.flat(3)[1] + y])
  const crossed = await expect.refused(admin.post('/api/v1/redraws', {
    kind: 'new', parent: grid.parent_id, level: 'grid', shape: { type: 'Polygon', coordinates: [bow] }, parts: [{ code: 'bow', name: '交叉' }],
  }), 422)
  expect.ok(crossed.errors.some(one => one.code === 'topology.broken_ring' && one.params.lon), JSON.stringify(crossed.errors))
  const inner = geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates[0][0]
  const hole = await expect.refused(admin.post('/api/v1/areas/redraw', {
    datum: 'wgs84', shapes: [{ area_id: grid.id, shape: { type: 'Polygon', coordinates: [shrunk(inner)] } }],
  }), 422, 'area.topology')
  expect.ok(hole.errors.every(one => one.params.lon && one.params.lat), 'each says where')
  expect.equal(JSON.stringify((await admin.get(`/api/v1/areas/${grid.id}/shape`)).geometry), before, 'the border is as it was')
}

/** A ring drawn in towards its middle, which leaves a gap to every neighbour. */
function shrunk(ring) {
  const middle = [0, 1].map(axis => ring.reduce((sum, point) => sum + point[axis], 0) / ring.length)
  return ring.map(point => point.map((value, axis) => middle[axis] + (value - middle[axis]) * 0.7))
}
