import { clearPlace, placeOnMap, wallOf } from '../lib/wall.mjs'

export const name = 'the wall: what is reported shows on the map at once, a point tells who has it, and the map goes down to a micro-grid'

export async function run({ browser, api, expect, axe, shot }) {
  const officer = await api.as('duty')
  const wall = await wallOf(browser, expect)
  const { page } = wall

  const before = await wall.points()
  const { lon, lat } = await clearPlace(officer)
  const made = await officer.post('/api/v1/incidents', { text: '流萤园东墙边有人烧垃圾，烟很大', channel: 'hotline', lon, lat, address: '流萤园东墙' })
  await wall.until(async () => (await wall.points()) > before, 'the point is there without a reload')

  // The card of the point under the pointer, as it is and as it becomes.
  await page.mouse.click(...(await placeOnMap(page, lon, lat)))
  const card = page.getByRole('region', { name: '事件', exact: true })
  await expect.visible(card.getByText(made.number))
  await expect.visible(card.getByRole('heading', { name: /烧垃圾/ }))
  const { items } = await officer.get('/api/v1/units?limit=5&q=' + encodeURIComponent('锦云东巡区'))
  await officer.act(made.id, 'dispatch', { unit: items[0].id })
  await expect.visible(card.getByText('锦云东巡区').first())
  await expect.visible(card.getByRole('link', { name: '打开详情' }))
  await axe(page, { exclude: ['.maplibregl-ctrl-attrib'] })
  await shot(page, 'card')
  await card.getByRole('button', { name: '关闭' }).click()
  await expect.hidden(card)

  // Down to the smallest area, by keyboard and by what lies there.
  const levels = []
  for (let depth = 0; depth < 3; depth++) {
    const areas = page.getByRole('navigation', { name: '进入下级区域' }).getByRole('button')
    await areas.first().waitFor({ state: 'attached' })
    const wanted = await areas.first().textContent()
    const flown = await wall.sight()
    await areas.first().focus()
    await page.keyboard.press('Enter')
    await wall.until(async () => (await wall.sight()) !== flown, `the map flies to ${wanted}`)
    await expect.visible(page.getByText(wanted.trim()).first())
    levels.push(wanted)
  }
  expect.equal(levels.length, 3, 'community, grid and micro-grid')
  await expect.hidden(page.getByRole('navigation', { name: '进入下级区域' }))
  await shot(page, 'microgrid')
}
