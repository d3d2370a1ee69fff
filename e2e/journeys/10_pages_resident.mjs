import { all, sound } from '../lib/pages.mjs'

export const name = "every resident's page is accessible in light and dark, in Chinese and English, fits the phone, and the first one is small"

const limit = 200 * 1024

export async function run({ browser, api, expect }) {
  const officer = await api.as('duty')
  const { id } = await officer.post('/api/v1/incidents', {
    text: '青禾庭门口的台阶松了，老人走路不稳', channel: 'hotline', lon: 104.0755, lat: 30.7, address: '青禾庭', reporter: { name: '韩江雪', phone: '13800007710' },
  })
  const { code } = await officer.post(`/api/v1/incidents/${id}/reporter`, { purpose: '告知查询码' })
  await firstLoad(browser, expect)
  for (const locale of ['zh-CN', 'en-US']) {
    const page = await browser.open({ viewport: 'phone', locale, expected: [/status of 404/] })
    const opens = (path, ready) => async () => {
      await page.goto(path)
      await expect.visible(ready(page), 20_000)
      await sound(page, { dark: locale === 'zh-CN', narrowToo: true })
    }
    const heading = there => there.getByRole('heading', { level: 1 })
    await all({
      doors: opens('/', heading),
      photo: opens('/report/appeal', heading),
      place: opens('/report/appeal?step=place', there => there.getByRole('button', { name: /就是这里|here/i })),
      words: opens('/report/appeal?step=words', there => there.locator('textarea')),
      enquiry: opens('/report/enquiry', there => there.locator('textarea')),
      letter: opens(`/track/${code}`, there => there.getByRole('article')),
      unknown: opens('/track/AAAA0000AAAA', there => there.getByText(/没有找到这个查询码|no report|not found|unknown/i)),
      privacy: opens('/privacy', heading),
    })
  }
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
  expect.ok(total > 20_000 && total <= limit, `the first page takes ${total} bytes:\n${list}`)
  expect.ok(![...sizes.values()].some(({ url }) => /maplibre|basemap/.test(url)), 'the map comes when it is wanted')
}
