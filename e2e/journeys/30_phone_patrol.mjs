import { photo } from '../lib/photo.mjs'
import { phoneOf, standing } from '../lib/phone.mjs'

export const name = 'a patrol reports in two touches after the photo, claims, arrives by GPS, speaks a note, and hands in with a photo of 40 megapixels'

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/m', viewport: 'phone', as: 'worker', position: standing })
  const phone = phoneOf(page)
  await phone.ready()
  const worker = await api.as('worker')
  const { number, incident } = await reportsInTwoTouches(phone, worker, expect, shot)

  const { account } = await worker.get('/api/v1/session')
  const post = account.posts.find(({ current, area, unit }) => current && area && unit)
  const officer = await api.as('duty')
  await officer.act(incident.id, 'dispatch', { unit: post.unit.id, pool: true })

  await phone.tab('待办').click()
  await phone.main.getByRole('button', { name: /^待领/ }).click()
  const card = phone.card(incident.id)
  await expect.visible(card, 20_000)
  await expect.text(card, /10 米 · 导航/)
  await navigates(phone, card, expect)
  await card.getByRole('button', { name: '认领' }).click()
  await phone.main.getByRole('button', { name: /^我的/ }).click()
  await card.getByRole('button', { name: '到场' }).click()
  await card.getByRole('button', { name: '办结' }).click()

  const form = phone.main.getByRole('region', { name: '办结' })
  await form.getByLabel(/处置结果/).fill('杂物已清走，通道畅通')
  const after = form.getByLabel(/处置后照片/)
  await after.setInputFiles(await photo(page, { name: 'after.jpg', width: 8000, height: 5000 }))
  await expect.visible(form.getByRole('img', { name: /照片 1/ }), 60_000)
  await shot(page, 'handle')
  await form.getByRole('button', { name: '办结', exact: true }).click()
  await expect.hidden(form)
  await expect.text(phone.main.getByRole('region', { name: '办理进度' }), '杂物已清走，通道畅通')
  await shot(page, 'handled')

  const { items } = await worker.get(`/api/v1/incidents/${incident.id}/timeline?limit=100`)
  const entry = action => items.find(one => one.do === action)
  expect.ok(entry('arrive').body.distance < 30, `arrived ${entry('arrive').body.distance} m away`)
  expect.equal(entry('handle').body.after.length, 1)
  await heardOnTheDesk({ browser, phone, incident, number, expect })
}

async function reportsInTwoTouches(phone, worker, expect, shot) {
  await phone.shoot()
  await expect.text(phone.main, /定位误差约 12 米/)
  await shot(phone.page, 'report')
  await phone.main.getByRole('radio').first().check({ force: true })
  await phone.button('上报').click()
  await expect.visible(phone.main.getByRole('heading', { name: '已上报' }))
  const number = await phone.main.locator('.number').innerText()
  const { items } = await worker.get(`/api/v1/incidents?q=${number}`)
  const [incident] = items
  expect.ok(Math.abs(incident.lon - standing.longitude) < 1e-5 && Math.abs(incident.lat - standing.latitude) < 1e-5, 'it stands where the phone is')
  expect.equal(incident.channel, 'patrol')
  expect.match(incident.text, /（见照片）/)
  const line = await worker.get(`/api/v1/incidents/${incident.id}/timeline`)
  expect.equal(line.items[0].files.length, 1)
  return { number, incident }
}

/** The phone's own map application is told the place, and the others theirs in their datum. */
async function navigates({ page }, card, expect) {
  await card.getByRole('button', { name: /导航/ }).click()
  const sheet = page.getByRole('dialog', { name: '用哪个地图导航' })
  expect.match(await sheet.getByRole('link', { name: '手机自带地图' }).getAttribute('href'), /^geo:30\.700000,104\.075500\?q=/)
  expect.match(await sheet.getByRole('link', { name: '高德地图' }).getAttribute('href'), /to=104\.078025,30\.697610/)
  await sheet.getByRole('button', { name: '关闭' }).click()
}

/** A recording made on the phone is played on the desk; another report is made of nothing else. */
async function heardOnTheDesk({ browser, phone, expect }) {
  await phone.tab('上报').click()
  const [another, start] = ['再报一件', '录音说明'].map(phone.button)
  await expect.visible(another.or(start))
  if (await another.isVisible()) await another.click()
  await start.click()
  const stop = phone.main.getByRole('button', { name: /停止录音/ })
  await expect.text(stop, /0:0[1-9]/)
  await stop.click()
  await expect.visible(phone.main.locator('audio'))
  await phone.button('上报').click()
  await phone.main.getByRole('link', { name: '查看这一件' }).click()
  await expect.visible(phone.main.locator('audio').first())
  const id = phone.page.url().split('/').at(-1)
  const desk = await browser.open({ path: `/desk?open=${id}`, as: 'duty' })
  const played = desk.getByRole('article').locator('audio').first()
  await expect.visible(played)
  const length = await played.evaluate(async sound => {
    sound.muted = true
    await sound.play()
    return sound.readyState
  })
  expect.ok(length >= 2, 'the recording can be played')
}
