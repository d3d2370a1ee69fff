import { everyPage } from '../lib/everypage.mjs'
import { phoneOf, standing } from '../lib/phone.mjs'

export const name = "every page of the phone is accessible in light and dark, in Chinese and English, has targets for a thumb, and the first load is small"
export const limit = 300_000

const mostBytes = 200 * 1024

export async function run({ browser, api, expect }) {
  await firstLoad(browser, expect)
  const worker = await api.as('worker')
  const { items } = await worker.get('/api/v1/incidents?queue=todo&limit=5')
  await everyPage('phone', { browser, viewport: 'phone', position: standing, things: { mine: async () => items[0].id, directive: () => directive(api), notice: async () => (await worker.get('/api/v1/notices?limit=1')).items[0].id }, also: page => thumbs(page, expect) })
  await whoHasNoOrders(browser, expect)
}

/** A directive that reaches the worker. */
async function directive(api) {
  const [leader, worker] = await Promise.all([api.as('leader'), api.as('worker')])
  const { posts } = await worker.get('/api/v1/session').then(({ account, ...rest }) => account ?? rest)
  const areas = posts.flatMap(({ area }) => (area ? [area.id] : [])).slice(0, 1)
  return (await leader.post('/api/v1/directives', { title: '门前雪', text: '请提醒沿街商户清扫门前积雪。', deadline: Date.now() + 3_600_000, areas })).id
}

/** Who only administers still finds a sentence that says why there is nothing. */
async function whoHasNoOrders(browser, expect) {
  const phone = phoneOf(await browser.open({ path: '/m', viewport: 'phone', as: 'admin' }))
  await expect.visible(phone.main.getByText('这里没有需要您办理的派遣单'))
}

/** What can be touched is at least 48 pixels high, or lies in a line of text. */
async function thumbs(page, expect) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('main :is(button, a.btn, select, input:not([type=radio], [type=checkbox], [type=file]), summary), nav a, nav button')]
      .filter(element => !element.closest('.maplibregl-map, .sr-only'))
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && box.height < 47.5)
      .map(({ element, box }) => `${element.tagName} ${element.innerText || element.className}: ${Math.round(box.height)}`),
  )
  expect.deepEqual(small, [], `${page.url()} has targets that are too small`)
}

/** What a phone fetches before the first page is there, as it goes over the wire; the rest is fetched beside it. */
async function firstLoad(browser, expect) {
  const page = await browser.open({ viewport: 'phone', path: 'about:blank', as: 'worker', worker: false })
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  const sizes = new Map()
  wire.on('Network.responseReceived', ({ requestId, response }) => sizes.set(requestId, { url: response.url, bytes: 0 }))
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (sizes.has(requestId)) sizes.get(requestId).bytes = encodedDataLength
  })
  await page.goto('/m')
  await expect.visible(page.getByRole('main').getByRole('article'), 20_000)
  const assets = [...sizes.values()].filter(({ url }) => !url.includes('/api/'))
  const total = assets.reduce((sum, { bytes }) => sum + bytes, 0)
  const list = assets.sort((a, b) => b.bytes - a.bytes).slice(0, 8).map(({ url, bytes }) => `${bytes} ${url}`).join('\n')
  console.log(`# the phone's first load takes ${total} bytes in ${assets.length} files`)
  expect.ok(total > 20_000 && total <= mostBytes, `the first page takes ${total} bytes:\n${list}`)
  expect.ok(!assets.some(({ url }) => /maplibre|basemap/.test(url)), 'the map comes when it is wanted')
}
