import { deskOf } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'two desks: one sees that the other has it open and writes, new rows wait, nothing moves under the hand, an undo that is none any more goes, and a worker in need stands above everything until somebody opens it'

const texts = ['听雨阁东门井盖松动', '听雨阁西门路灯不亮', '听雨阁南门垃圾堆积']
const [, middle] = texts

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const made = []
  for (const text of texts) made.push(await officer.post('/api/v1/incidents', { text, channel: 'hotline', lon: 104.0755, lat: 30.7, address: '听雨阁' }))
  const first = deskOf(await browser.open({ path: '/desk', as: 'duty' }))
  const second = deskOf(await browser.open({ path: '/desk', as: 'leader' }))
  await Promise.all([first.ready(), second.ready()])

  await first.row(middle).click()
  await first.opened(made[1].number)
  await first.start('补充记录')
  await first.next.getByLabel('内容').pressSequentially('正在核实')
  await expect.text(second.row(middle), '唐知微 在写', 30_000)
  await second.row(middle).click()
  await second.opened(made[1].number)
  await expect.text(second.page.getByRole('article'), '唐知微 在写')
  await shot(second.page, 'presence')
  await sound(second.page)

  await still({ first, second, officer, made, expect, shot })
  await staleUndo({ first, officer, expect }, made[0])
  await help({ first, second, api, expect, shot })
}

/** While one row is looked at, others come, change and go: every row stays where it is. */
async function still({ second, officer, made, expect, shot }) {
  const places = () => Promise.all(texts.map(text => second.row(text).first().boundingBox()))
  await second.row(middle).hover()
  const before = await places()
  await officer.post('/api/v1/incidents', { text: '听雨阁北门水管爆裂', channel: 'hotline', severity: 'emergency', address: '听雨阁' })
  const news = second.page.getByRole('button', { name: /条新事件/ })
  await expect.visible(news)
  await officer.act(made[2].id, 'accept', {})
  await officer.act(made[2].id, 'mark', { urgent: true })
  await expect.text(second.row(texts[2]), '加急')
  await officer.act(made[2].id, 'void', { reason: '重复登记' })
  await expect.text(second.row(texts[2]), '已作废')
  expect.deepEqual(await places(), before, 'every row is where it was')
  await shot(second.page, 'still')
  await second.page.keyboard.press('r')
  await expect.hidden(second.row(texts[2]))
  await expect.visible(second.row('听雨阁北门水管爆裂'))
}

/** The unit gives back what was just sent: there is nothing left to withdraw. */
async function staleUndo({ first, officer, expect }, incident) {
  await first.row(texts[0]).click()
  await first.opened(incident.number)
  await first.page.keyboard.press('d')
  const undo = first.toast.getByRole('button', { name: '撤回' })
  await expect.visible(undo)
  const { orders } = await officer.get(`/api/v1/incidents/${incident.id}`)
  await officer.act(incident.id, 'withdraw_order', { order: orders.at(-1).id, reason: '改派' })
  await expect.hidden(undo, 8000)
}

/** It stands on both desks until one of them opens it. */
async function help({ first, second, api, expect, shot }) {
  const worker = await api.as('worker')
  const call = await worker.post('/api/v1/help', { lon: 104.0755, lat: 30.7, note: '有人酒后闹事' }, { 'idempotency-key': 'journey-23-help' })
  const alarm = desk => desk.page.getByRole('alert').getByText('工作人员求助')
  await expect.visible(alarm(first), 40_000)
  await expect.visible(alarm(second), 40_000)
  await shot(first.page, 'help')
  await sound(first.page, { narrowToo: false })
  await second.page.keyboard.press('h')
  await second.opened(call.number)
  await expect.hidden(alarm(second))
  await expect.hidden(alarm(first), 30_000)
}
