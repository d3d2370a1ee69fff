import { deskOf } from '../lib/desk.mjs'

export const name = 'two desks and a station: what one does the others see at once, no row moves under the hand, and what was withdrawn is gone'

const texts = ['流萤园南门消防栓漏水', '流萤园北门垃圾没有清运', '流萤园西门路面塌陷']

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const made = []
  for (const text of texts) {
    made.push(await officer.post('/api/v1/incidents', { text, channel: 'hotline', lon: 104.0755, lat: 30.7, address: '流萤园' }))
  }
  const first = deskOf(await browser.open({ path: '/desk', as: 'duty' }))
  const second = deskOf(await browser.open({ path: '/desk', as: 'leader' }))
  await Promise.all([first.ready(), second.ready()])
  for (const desk of [first, second]) await desk.page.evaluate(() => (window.sameTab = true))

  const [top, middle] = made
  const under = second.row(middle.title)
  await expect.visible(under)
  await under.hover()
  const places = async () => Promise.all(texts.map(text => second.row(text).first().boundingBox()))
  const before = await places()

  await first.row(middle.title).click()
  await first.opened(middle.number)
  await first.page.keyboard.press('d')
  await first.says('等待')
  await expect.text(under, '已派单')
  await officer.post('/api/v1/incidents', { text: '流萤园东门井盖丢失', channel: 'hotline', address: '流萤园' })
  await expect.visible(second.page.getByRole('button', { name: /条新事件/ }))
  await officer.act(top.id, 'void', { reason: '重复登记' })
  await expect.text(second.row(top.title), '已作废')
  expect.deepEqual(await places(), before, 'every row is where it was')
  await shot(second.page, 'still')

  await second.page.keyboard.press('r')
  await expect.hidden(second.row(middle.title))
  await expect.visible(second.row('流萤园东门井盖丢失'))
  for (const desk of [first, second]) expect.equal(await desk.page.evaluate(() => window.sameTab), true, 'nobody reloaded')

  await withdrawn({ browser, officer, expect, shot }, made[2])
}

/** The station looks at its order when it is taken away. */
async function withdrawn({ browser, officer, expect, shot }, incident) {
  const { items } = await officer.get('/api/v1/units?limit=5&q=' + encodeURIComponent('锦云东巡区'))
  const { orders } = await officer.act(incident.id, 'dispatch', { unit: items[0].id })
  const station = deskOf(await browser.open({ path: '/desk', as: 'station', expected: [/status of 404/] }))
  await station.openNew(incident.title)
  await station.says('请接单')
  await officer.act(incident.id, 'withdraw_order', { order: orders.at(-1).id, reason: '改派' })
  await expect.visible(station.page.getByText('这一件已看不到'))
  await expect.text(station.row(incident.title), '已不在可查看的范围')
  await shot(station.page, 'gone')
}
