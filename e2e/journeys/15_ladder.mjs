import { clockOf, minute } from '../lib/clock.mjs'
import { deskOf, pick } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'an emergency is at the county at once with the street told; what nobody takes is warned of, overdue and put before one level after the other, each once'

/** The demo's rules send by themselves here. */
export const server = { own: true }

const title = '寒露公寓楼道堆满纸箱，消防通道走不过人'

export async function run({ browser, api, expect, shot }) {
  const clock = await clockOf(api)
  const officer = await api.as('duty')
  const report = async fields => officer.get(`/api/v1/incidents/${(await officer.post('/api/v1/incidents', { channel: 'hotline', lon: 104.0755, lat: 30.7, ...fields })).id}`)

  const urgent = await report({ text: '寒露公寓一楼燃气味很重', category: 'safety.gas', severity: 'emergency' })
  expect.equal(urgent.orders[0].unit.name, '锦云区应急联动指挥中心')
  const duty = deskOf(await browser.open({ path: `/desk?open=${urgent.id}`, as: 'duty' }))
  await duty.opened(urgent.number)
  await expect.text(duty.part('已抄送'), '锦云街道基层治理中心')

  const ordinary = await report({ text: title, title, category: 'safety.fire', severity: 'major' })
  expect.match(ordinary.orders[0].unit.name, /巡区服务工作站/)
  expect.ok(ordinary.times.dispatched_at - ordinary.received_at < minute, 'with a station within a minute, by itself')
  const taking = ordinary.clocks.find(one => one.stage === 'accept_order')
  await duty.open(ordinary)
  await expect.text(duty.next, /接单 还剩 0[01]:\d\d/)

  await clock.until(taking.warn_at)
  await expect.text(duty.timeline, '接单快到时限')
  await clock.until(taking.due)
  await expect.text(duty.timeline, '接单超时')
  await expect.text(duty.next, /接单 超时 \d+ 秒/)
  await duty.page.getByRole('navigation', { name: '工作队列' }).getByRole('button', { name: /快超时/ }).click()
  // Others have been late for longer.
  await duty.reach(title)
  await expect.text(duty.row(title), /接单 超时/)
  await shot(duty.page, 'overdue')
  await sound(duty.page)

  const phone = await browser.open({ path: '/m', viewport: 'phone', as: 'station' })
  await expect.text(phone.getByRole('article', { name: title }), /接单 超时/)
  await shot(phone, 'phone')

  await clock.advance(61 * minute)
  await expect.text(duty.timeline, /接单超时，已报 街道中心/)
  await clock.advance(180 * minute)
  await expect.text(duty.timeline, /接单超时，已报 区县指挥中心/)
  await expect.text(duty.page.getByRole('article'), '已升级到区县指挥中心')
  await shot(duty.page, 'climbed')

  const done = (await officer.get(`/api/v1/incidents/${ordinary.id}/timeline?limit=200`)).items.filter(entry => entry.body.stage === 'accept_order')
  const rungs = done.filter(entry => entry.do === 'climb').map(entry => entry.body.rung)
  expect.deepEqual([...new Set(rungs)], rungs, 'each level is told once')
  expect.equal(done.filter(entry => entry.do === 'overdue').length, 1)

  await whistles(duty, expect)
  const station = deskOf(await browser.open({ path: `/desk?open=${ordinary.id}`, as: 'station' }))
  await station.opened(ordinary.number)
  await station.button('接单').first().click()
  await expect.text(station.part('时限'), '已完成的')
  const after = await officer.get(`/api/v1/incidents/${ordinary.id}`)
  expect.ok(after.clocks.find(one => one.stage === 'accept_order').overdue, 'taken late is late for good')
}

/** Calls two units at once; each has an order of its own to report in. */
async function whistles(duty, expect) {
  await duty.next.getByRole('button', { name: /^\s*指挥/ }).click()
  await duty.next.getByRole('menuitem', { name: '吹哨' }).click()
  for (const unit of ['锦云派出所', '锦云综合行政执法大队']) await pick(duty.next, '通知哪些单位', unit)
  await duty.next.getByLabel('内容').fill('请到现场一起清理通道')
  await duty.next.getByRole('button', { name: '1 小时内' }).click()
  await duty.next.getByRole('button', { name: /^\s*吹哨/ }).click()
  await expect.text(duty.timeline, '吹哨，请 锦云派出所、锦云综合行政执法大队 到场')
  await expect.text(duty.part('时限'), '报到（锦云派出所）')
}
