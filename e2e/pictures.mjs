// Takes the pictures of the README from the demo: node pictures.mjs
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeApi } from './lib/api.mjs'
import { launch, makeBrowser } from './lib/browser.mjs'
import { deskOf } from './lib/desk.mjs'
import { expect } from './lib/expect.mjs'
import { shrink } from './lib/png.mjs'
import { startServer } from './lib/server.mjs'

const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, 'docs/img')

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

/** Waits until the maps and photos on the page are drawn. */
async function drawn(page) {
  await page.waitForLoadState('networkidle')
  await expect.hidden(page.getByText('正在加载'))
  await expect.eventually(async () =>
    expect.ok(await page.evaluate(() => [...document.images].every(image => image.complete && image.naturalWidth > 0)), 'every picture is there'))
  await page.evaluate(async () => {
    for (let i = 0; i < 90; i++) await new Promise(done => requestAnimationFrame(done))
  })
}

const keep = (name, picture) => writeFile(path.join(folder, name), shrink(picture))

const executable = execFileSync(path.join(root, 'scripts/chromium.sh'), { encoding: 'utf8' }).trim()
const server = await startServer()
const chrome = await launch(executable)
try {
  await mkdir(folder, { recursive: true })
  const browser = makeBrowser(chrome, server.base)
  const incident = await telling(makeApi(server.base))
  const desk = deskOf(await browser.open({ path: `/desk?open=${incident.id}`, as: 'duty' }))
  await desk.opened(incident.number)
  await drawn(desk.page)
  await keep('desk.png', await desk.page.screenshot())

  const resident = await browser.open({ viewport: 'phone' })
  await drawn(resident)
  await keep('resident.png', await resident.screenshot({ scale: 'css' }))
} finally {
  await chrome.close()
  await server.stop()
}
