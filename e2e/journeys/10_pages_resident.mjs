import { everyPage } from '../lib/everypage.mjs'

export const name = "every resident's page is accessible in light and dark, in Chinese and English, fits the phone, and the first one is small"
export const limit = 300_000

const mostBytes = 200 * 1024

export async function run({ browser, api, expect }) {
  const officer = await api.as('duty')
  const { id } = await officer.post('/api/v1/incidents', {
    text: '青禾庭门口的台阶松了，老人走路不稳', channel: 'hotline', lon: 104.0755, lat: 30.7, address: '青禾庭', reporter: { name: '韩江雪', phone: '13800007710' },
  })
  const { code } = await officer.post(`/api/v1/incidents/${id}/reporter`, { purpose: 'lost_code' })
  await firstLoad(browser, expect)
  await everyPage('resident', { browser, viewport: 'phone', things: { code: async () => code } })
}

/** What a phone fetches before the first page is there, as it goes over the wire. */
async function firstLoad(browser, expect) {
  const page = await browser.open({ viewport: 'phone', path: 'about:blank' })
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  const sizes = new Map()
  wire.on('Network.responseReceived', ({ requestId, response }) => sizes.set(requestId, { url: response.url, bytes: 0 }))
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (sizes.has(requestId)) sizes.get(requestId).bytes = encodedDataLength
  })
  await page.goto('/', { waitUntil: 'networkidle' })
  await expect.visible(page.getByRole('link', { name: /^反映/ }))
  const total = [...sizes.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  const list = [...sizes.values()].sort((a, b) => b.bytes - a.bytes).slice(0, 6).map(({ url, bytes }) => `${bytes} ${url}`).join('\n')
  expect.ok(total > 20_000 && total <= mostBytes, `the first page takes ${total} bytes:\n${list}`)
  expect.ok(![...sizes.values()].some(({ url }) => /maplibre|basemap/.test(url)), 'the map comes when it is wanted')
}
