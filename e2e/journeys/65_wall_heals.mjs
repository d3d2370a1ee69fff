import { clockOf } from '../lib/clock.mjs'
import { counted, panelsOf } from '../lib/panels.mjs'

export const name = 'the wall heals: restart, an hour without network, the end of the session, a wrong clock and an area that ends are said on it, and it goes on without a hand'
export const server = { own: true }
export const limit = 300_000

const hour = 3_600_000
/** What a server or a network that is away leaves in the console. */
const away = [/ERR_|net::|Failed to fetch|status of 40[14]/]

export async function run({ browser, api, expect, server, shot }) {
  await clockOf(api)
  const officer = await api.as('duty')
  await counted(officer)
  const report = text => officer.post('/api/v1/incidents', { text, channel: 'hotline', address: '槐安社区' })
  const page = await browser.open({ path: 'about:blank', viewport: 'wide', as: 'leader', expected: away })
  await page.clock.install()
  const roads = await missing(page, '/basemap/roads.geojson')
  await page.goto('/screen')
  const wall = panelsOf(page)
  await wall.ready()
  expect.ok((await roads()).ok(), 'a part of the base map that did not come is asked for again')
  await wall.remember()

  // The server is upgraded.
  await server.end()
  await expect.text(wall.notices, '服务器暂时没有回应', 40_000)
  await expect.text(wall.state, '正在重连')
  await shot(page, 'restarting')
  await server.start()
  await report('槐安社区水管爆裂')
  await expect.text(wall.newest, '槐安社区水管爆裂', 45_000)
  await expect.text(wall.state, '实时', 45_000)
  await expect.hidden(wall.notices.getByText('服务器暂时没有回应'))

  // Nobody reaches anybody for an hour.
  await page.context().setOffline(true)
  await page.clock.fastForward(40_000)
  await expect.text(wall.notices, '网络或服务器不通', 40_000)
  await page.clock.fastForward(hour)
  await expect.text(wall.state, '连接中断')
  await shot(page, 'offline')
  await report('槐安社区树枝断落')
  await page.context().setOffline(false)
  await expect.text(wall.newest, '槐安社区树枝断落', 45_000)
  await expect.text(wall.state, '实时', 45_000)
  await wall.same()

  await wrongClock({ page, wall, expect, shot })
  await ended({ api, page, wall, expect, shot })
  await signedOut({ page, wall, expect, shot })
  await wall.same()
}

/** Lets a file not come the first time; gives what waits for the answer to the second. */
async function missing(page, file) {
  let asked = 0
  await page.context().route(`**${file}`, route => (asked++ ? route.continue() : route.abort()))
  const answer = page.waitForResponse(one => one.url().endsWith(file), { timeout: 60_000 })
  return () => answer
}

/** Somebody sets the clock of the wall's computer: it says so and goes on with the server's time. */
async function wrongClock({ page, wall, expect, shot }) {
  await page.clock.setSystemTime(Date.now() + 3 * hour)
  await page.clock.runFor(31_000)
  await expect.text(wall.notices, /这台电脑的时钟快了 [23] 小时/, 40_000)
  const shown = await page.locator('.head .clock').innerText()
  // The office's zone is eight hours ahead.
  const [right, there] = [Math.floor(Date.now() / 60_000) + 480, Number(shown.slice(0, 2)) * 60 + Number(shown.slice(3, 5))]
  expect.ok(Math.abs(((there - right) % 1440 + 1440 + 720) % 1440 - 720) < 5, `it shows ${shown}`)
  await shot(page, 'clock')
  // Set back so far that it is right again once the wall has asked.
  await page.clock.setSystemTime(Date.now() - 31_000)
  await page.clock.runFor(31_000)
  await expect.hidden(wall.notices.getByText('这台电脑的时钟'), 40_000)
}

/** The area that is shown ends: the wall goes one level up and says so. */
async function ended({ api, page, wall, expect, shot }) {
  const admin = await api.as('admin')
  const { items } = await admin.get('/api/v1/areas?level=microgrid&limit=1')
  const { path } = await admin.get(`/api/v1/areas/${items[0].id}`)
  const [grid, micro] = path.slice(-2)
  await page.evaluate(id => history.pushState(history.state, '', `/screen?area=${id}`), micro.id)
  await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate', { state: history.state })))
  await expect.text(wall.crumbs.locator('[aria-current]'), micro.name)
  await admin.post(`/api/v1/areas/${micro.id}/close`, { version: items[0].version })
  await page.clock.runFor(61_000)
  await expect.text(wall.notices, `“${micro.name}”已不在现行区划中，现在显示上一级：${grid.name}`, 20_000)
  // A part is named without what it is a part of, which stands before it.
  const here = wall.crumbs.locator('[aria-current]')
  await expect.eventually(async () => expect.ok(grid.name.endsWith(await here.innerText()), grid.name))
  await shot(page, 'ended')
}

/** The session ends: the figures stay, and who signs in goes on where the wall stood. */
async function signedOut({ page, wall, expect, shot }) {
  const where = page.url()
  const shown = await wall.count('当日收到')
  await page.request.delete('/api/v1/session', { headers: { origin: new URL(where).origin } })
  await page.clock.runFor(31_000)
  const card = page.getByRole('dialog', { name: /登录/ })
  await expect.text(card, '登录已过期', 90_000)
  expect.equal(await wall.count('当日收到'), shown)
  await shot(page, 'signed-out')
  await card.getByRole('textbox', { name: '账号' }).fill('leader')
  await card.getByLabel('密码', { exact: true }).fill('gezhi-demo')
  await card.getByRole('button', { name: '登录', exact: true }).click()
  await expect.hidden(card)
  await expect.text(wall.state, '实时', 45_000)
  expect.equal(page.url(), where, 'area and day are kept')
}
