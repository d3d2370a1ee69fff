// Takes the pictures of the README from the demo: node pictures.mjs
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { makeApi } from './lib/api.mjs'
import { launch, makeBrowser } from './lib/browser.mjs'
import { deskOf } from './lib/desk.mjs'
import { expect } from './lib/expect.mjs'
import { standing } from './lib/phone.mjs'
import { drawn, keep } from './lib/picture.mjs'
import { forgetDemo, startServer } from './lib/server.mjs'

const root = path.join(import.meta.dirname, '..')

/** An incident on its way that shows most: a photo of what is the matter, and of what was done. */
async function telling(api) {
  const officer = await api.as('duty')
  const { items } = await officer.get('/api/v1/incidents?queue=todo&limit=50')
  const placed = items.filter(({ lat, state }) => lat !== null && ['checking', 'checked'].includes(state))
  const shows = await Promise.all(placed.map(async ({ id }) => {
    const { items: entries } = await officer.get(`/api/v1/incidents/${id}/timeline`)
    const photos = entries.flatMap(({ files }) => files).length
    return photos + (entries[0].files.length > 0 ? 10 : 0)
  }))
  return placed[shows.indexOf(Math.max(...shows))]
}

/** The call screen as the officer has it in front of them: number, words, three proposals and the map. */
async function callScreen(browser) {
  const page = await browser.open({ path: '/desk', as: 'duty' })
  await deskOf(page).ready()
  await page.keyboard.press('n')
  const call = page.getByRole('region', { name: '登记' })
  await call.getByLabel('反映的内容').fill('书香轩门口路灯坏了，晚上走路看不清台阶')
  for (const label of ['类别', '位置', '派往']) {
    await expect.eventually(async () => expect.ok(await call.getByLabel(label).getAttribute('placeholder'), `${label} is proposed`))
  }
  await drawn(page)
  await keep('call.png', await page.screenshot())
}

/** What a department has to do, in the dark of a night shift. */
async function unitList(browser) {
  const page = await browser.open({ path: '/desk/work', as: 'department' })
  await page.emulateMedia({ colorScheme: 'dark' })
  const desk = deskOf(page)
  await desk.ready()
  await desk.rows.getByRole('option').first().click()
  await expect.visible(desk.heading)
  await drawn(page)
  await keep('unit.png', await page.screenshot())
}

/** Two screens of a phone beside each other. */
async function beside(browser, shots) {
  const page = await browser.open({ path: 'about:blank' })
  const pictures = shots.map(shot => `<img src="data:image/png;base64,${shot.toString('base64')}">`).join('')
  await page.setContent(`<style>body{margin:0}div{display:inline-flex;gap:24px;background:#fff}img{width:390px;outline:1px solid #d0d5dd;outline-offset:-1px}</style><div>${pictures}</div>`)
  return page.locator('div').screenshot()
}

async function phone(browser) {
  const page = await browser.open({ path: '/m', viewport: 'phone', as: 'worker', position: standing })
  await expect.visible(page.getByRole('main').getByRole('article'))
  await drawn(page)
  const orders = await page.screenshot({ scale: 'css' })
  await page.goto('/m/grid')
  await expect.visible(page.locator('.maplibregl-canvas'), 30_000)
  await drawn(page)
  await keep('phone.png', await beside(browser, [orders, await page.screenshot({ scale: 'css' })]))
}

/** The answer to a resident, as the letter that the tracking code opens, beside the first page. */
async function letter(browser, api) {
  const officer = await api.as('duty')
  const { items } = await officer.get('/api/v1/incidents?state=closed&limit=50')
  const answered = items.find(({ answer, orders = [] }) => answer && orders.length > 0) ?? items[0]
  const { code } = await officer.post(`/api/v1/incidents/${answered.id}/reporter`, { purpose: 'lost_code' })
  const page = await browser.open({ viewport: 'phone' })
  await drawn(page)
  const doors = await page.screenshot({ scale: 'css' })
  await page.goto(`/track/${code}`)
  await expect.visible(page.getByRole('article'))
  await drawn(page)
  await keep('resident.png', await beside(browser, [doors, await page.screenshot({ scale: 'css' })]))
}

/** A grid on the map with its micro-grids. */
async function areas(browser, api) {
  const { items } = await (await api.as('admin')).get('/api/v1/areas?level=grid&limit=20')
  const page = await browser.open({ path: `/desk/admin/areas/${items[0].parent_id}`, as: 'admin' })
  await expect.visible(page.locator('.maplibregl-canvas'), 30_000)
  await drawn(page)
  await keep('areas.png', await page.screenshot())
}

const executable = execFileSync(path.join(root, 'scripts/chromium.sh'), { encoding: 'utf8' }).trim()
const server = await startServer()
const chrome = await launch(executable)
try {
  const browser = makeBrowser(chrome, server.base)
  const api = makeApi(server.base)
  const incident = await telling(api)
  const desk = deskOf(await browser.open({ path: `/desk?open=${incident.id}`, as: 'duty' }))
  await desk.opened(incident.number)
  await drawn(desk.page)
  await keep('desk.png', await desk.page.screenshot())
  await callScreen(browser)
  await unitList(browser)
  await phone(browser)
  await letter(browser, api)
  await areas(browser, api)
} finally {
  await chrome.close()
  await server.stop()
  await forgetDemo()
}
