import { deskOf } from '../lib/desk.mjs'

export const name = 'the server is away for a moment: the desk says so calmly, keeps what is typed, heals by itself and shows what came meanwhile'

export const server = { own: true }

export async function run({ browser, api, expect, server, shot }) {
  const officer = await api.as('duty')
  const before = await officer.post('/api/v1/incidents', { text: '竹里庭地下车库渗水', channel: 'hotline', address: '竹里庭' })
  const page = await browser.open({ path: `/desk?open=${before.id}`, as: 'duty', expected: [/ERR_CONNECTION|ERR_EMPTY|ERR_INCOMPLETE|net::/] })
  const desk = deskOf(page)
  await desk.opened(before.number)
  await desk.start('补充记录')
  const words = '物业已在抽水'
  await desk.next.getByLabel('内容').fill(words)
  await page.evaluate(() => (window.sameTab = true))

  await server.end()
  const banner = page.getByText(/实时更新(暂时)?中断/)
  await expect.visible(banner, 20_000)
  await shot(page, 'away')
  await desk.next.getByRole('button', { name: /^\s*补充记录/ }).click()
  await expect.text(desk.next.getByRole('alert'), '填写的内容已保留，可以再试一次')
  expect.equal(await desk.next.getByLabel('内容').inputValue(), words)

  await server.start()
  const title = '槐安社区水管爆裂，路面被淹'
  await officer.post('/api/v1/incidents', { text: title, channel: 'hotline', address: '槐安社区' })
  await expect.hidden(banner, 45_000)
  await expect.visible(page.getByRole('button', { name: /条新事件/ }))
  expect.equal(await desk.next.getByLabel('内容').inputValue(), words)
  await desk.next.getByRole('button', { name: /^\s*补充记录/ }).click()
  await expect.text(desk.timeline, words)
  const entries = (await officer.get(`/api/v1/incidents/${before.id}/timeline`)).items.filter(entry => entry.do === 'note')
  expect.equal(entries.length, 1, 'it was sent once')
  await desk.openNew(title)
  expect.equal(await page.evaluate(() => window.sameTab), true, 'without a reload')
}
