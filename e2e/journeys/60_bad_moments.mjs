import { photo } from '../lib/photo.mjs'

export const name = "a resident's bad moments: the network goes during an upload, the back button, two tabs, a double tap; nothing written is lost and it is one report"

/** Told apart from what an earlier run left on the same server. */
const once = Date.now() % 100_000
const words = `流萤园西门 ${once} 号石墩倒了，晚上容易绊人`

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/report/appeal', viewport: 'phone', expected: [/ERR_FAILED|ERR_CONNECTION|Failed to load/] })
  const next = page.getByRole('button', { name: '下一步', exact: true })
  await lostUpload({ page, expect, shot })
  await next.tap()
  await page.getByRole('button', { name: /说不清地点/ }).tap()
  const text = page.getByLabel('发生了什么？')
  await text.fill(words)

  // Back and forth again, as a thumb does by mistake.
  await page.goBack()
  await expect.hidden(text)
  await page.goForward()
  await expect.visible(text)
  expect.equal(await text.inputValue(), words, 'the back button loses nothing')

  // The same door in another tab of the same phone goes on where this one is.
  const tab = await page.context().newPage()
  await tab.goto('/report/appeal?step=words')
  const same = tab.getByLabel('发生了什么？')
  await expect.visible(same)
  await expect.eventually(async () => expect.equal(await same.inputValue(), words, 'the other tab knows it'))
  await tab.close()

  const sent = []
  page.on('request', request => request.method() === 'POST' && /public\/reports$/.test(request.url()) && sent.push(request.headers()['idempotency-key']))
  await page.getByRole('button', { name: '提交' }).dblclick()
  await expect.visible(page.getByTestId('code'))
  expect.equal(new Set(sent).size, 1, 'a double tap is one intent')
  const officer = await api.as('duty')
  const made = async () => (await officer.get('/api/v1/incidents?queue=todo&limit=50')).items.filter(one => one.text === words)
  await expect.eventually(async () => expect.equal((await made()).length, 1))
  const [{ id }] = await made()
  const { items } = await officer.get(`/api/v1/incidents/${id}/timeline`)
  expect.equal(items[0].files.length, 1, 'with the photo that needed two tries')
}

/** The photo stays where it is with a button that sends it again. */
async function lostUpload({ page, expect, shot }) {
  let lost = 0
  await page.route(/\/files$/, route => (lost++ ? route.continue() : route.abort('connectionreset')))
  await page.getByLabel('拍照或选图').setInputFiles(await photo(page))
  const again = page.getByRole('button', { name: '再试一次' })
  await expect.visible(again)
  await shot(page, 'lost')
  await again.tap()
  await expect.hidden(again)
  await expect.hidden(page.getByRole('progressbar'))
}
