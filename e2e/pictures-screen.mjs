// Takes the README's pictures of the command screen: node pictures-screen.mjs
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { makeApi } from './lib/api.mjs'
import { launch, makeBrowser } from './lib/browser.mjs'
import { clockOf, hour } from './lib/clock.mjs'
import { expect } from './lib/expect.mjs'
import { keep, settled } from './lib/picture.mjs'
import { startServer } from './lib/server.mjs'
import { placeOnMap, wallOf } from './lib/wall.mjs'

/** A zone in which it is the late afternoon now: a day on the wall that has something to tell. */
function afternoon() {
  const ahead = ((16 - new Date().getUTCHours() + 36) % 24) - 12
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}` // the sign of these names is the other way round
}

async function live(browser) {
  const { page } = await wallOf(browser, expect)
  await settled(page)
  await keep('wall-live.png', await page.screenshot())
}

/** The micro-grid with most to do, and the matter in it that is shown in a card. */
async function microGrid(browser, api) {
  const { items } = await (await api.as('leader')).get('/api/v1/incidents?queue=today&limit=200')
  const placed = items.filter(({ lat, area, state }) => lat !== null && area && state !== 'closed')
  const busiest = placed.map(({ area }) => placed.filter(one => one.area.id === area.id)).sort((a, b) => b.length - a.length)[0]
  const wall = await wallOf(browser, expect, 'leader', { path: `/screen?area=${busiest[0].area.id}` })
  await settled(wall.page)
  await wall.page.mouse.click(...(await placeOnMap(wall.page, busiest[0].lon, busiest[0].lat)))
  await expect.visible(wall.page.getByRole('region', { name: '事件', exact: true }))
  await settled(wall.page)
  await keep('wall-microgrid.png', await wall.page.screenshot())
}

async function replay(browser) {
  const { page } = await wallOf(browser, expect)
  await page.keyboard.press('r')
  const bar = page.getByRole('region', { name: '回放' })
  await expect.visible(bar)
  const day = bar.getByLabel('日期')
  await day.fill(new Date(Date.parse(`${await day.inputValue()}T12:00:00Z`) - 24 * hour).toISOString().slice(0, 10))
  await expect.visible(page.locator('.wall-map[data-replay=there]'))
  await bar.getByRole('slider').focus()
  await page.keyboard.press('Home')
  await bar.getByRole('slider').blur()
  for (let step = 0; step < 15; step++) await page.keyboard.press('Shift+ArrowRight')
  await settled(page)
  await keep('wall-replay.png', await page.screenshot())
}

const flooded = ['路口积水没过脚踝，车子熄火了', '小区门口积水，老人出不去', '地下车库进水，水还在涨', '下穿隧道积水，来往的车过不去', '井盖被水顶开，水往外冒']

/** A cloudburst: two hundred calls in a few minutes, and after an hour nobody has got to most of them. */
async function storm(browser, api) {
  const clock = await clockOf(api)
  const officer = await api.as('duty')
  const { lon, lat } = await officer.get('/api/v1/map/points')
  for (let n = 0; n < 200; n++) {
    const near = n % lon.length
    const off = k => (((n * 7919 * k) % 1000) / 1000 - 0.5) * 0.008
    await officer.post('/api/v1/incidents', { text: flooded[n % flooded.length], channel: 'hotline', lon: lon[near] + off(1), lat: lat[near] + off(3) })
  }
  await clock.advance(hour)
  const { page } = await wallOf(browser, expect, 'leader', { at: await clock.now() })
  await settled(page)
  await keep('wall-overdue.png', await page.screenshot())
}

const executable = execFileSync(path.join(import.meta.dirname, '../scripts/chromium.sh'), { encoding: 'utf8' }).trim()
const zone = afternoon()
const server = await startServer({ loading: true, env: { GEZHI_TZ: zone } })
const chrome = await launch(executable)
try {
  const browser = makeBrowser(chrome, server.base, { zone })
  const api = makeApi(server.base)
  await live(browser)
  await microGrid(browser, api)
  await replay(browser)
  await storm(browser, api)
} finally {
  await chrome.close()
  await server.stop()
}
