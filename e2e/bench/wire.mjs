// What a face costs on a cold cache, as it goes over the wire until its first page is there.
import { expect } from '../lib/expect.mjs'

/** Faces by address; `most` is a limit in bytes for what is fetched besides data. */
export const faces = [
  { path: '/', what: 'resident', viewport: 'phone', ready: 'h1', most: 200 * 1024 },
  { path: '/m', what: 'phone, signed in', viewport: 'phone', as: 'worker', ready: 'main article', most: 200 * 1024 },
  { path: '/desk', what: 'duty desk, signed in', as: 'duty', ready: '[role=listbox] [role=option]' },
  { path: '/desk/signin', what: 'sign-in of the desk', ready: 'form' },
]

/** Files and data apart: their number, their bytes as sent and as unpacked. */
export async function weigh(browser, { path, viewport = 'desk', as, ready }) {
  const page = await browser.open({ path: 'about:blank', viewport, as, worker: false, expected: [/status of 401/] })
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  const seen = new Map()
  wire.on('Network.responseReceived', ({ requestId, response }) => seen.set(requestId, { url: response.url, sent: 0, unpacked: 0 }))
  wire.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (seen.has(requestId)) seen.get(requestId).unpacked += dataLength
  })
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (seen.has(requestId)) seen.get(requestId).sent = encodedDataLength
  })
  const begun = performance.now()
  await page.goto(path, { waitUntil: 'domcontentloaded' })
  await expect.visible(page.locator(ready), 30_000)
  const seconds = (performance.now() - begun) / 1000
  const requests = [...seen.values()].filter(({ url }) => url.startsWith('http'))
  const sum = (list, key) => list.reduce((total, one) => total + one[key], 0)
  const isData = ({ url }) => url.includes('/api/')
  const of = list => ({ requests: list.length, sent: sum(list, 'sent'), unpacked: sum(list, 'unpacked') })
  await page.context().close()
  return { seconds, files: of(requests.filter(one => !isData(one))), data: of(requests.filter(isData)) }
}
