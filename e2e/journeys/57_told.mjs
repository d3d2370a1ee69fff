import { sound } from '../lib/pages.mjs'
import { outside, startReceiver } from '../lib/receiver.mjs'

export const name = 'a resident has a lost code sent to the phone that was left, is told each step; the desk sees that the order arrived and was opened'

export const server = outside

const phone = '13800001234'
const texts = gateway => gateway.got.map(({ body }) => JSON.parse(body)).filter(message => message.mobile === phone)

async function senderTo(gateway, api) {
  const admin = await api.as('admin')
  const { presets } = await admin.get('/api/v1/notify/senders')
  const sms = presets.find(({ preset }) => preset === 'sms')
  await admin.post('/api/v1/notify/senders', { ...sms, name: '短信', url: gateway.url, active: true, secret: 'a key of the gateway' })
}

export async function run({ browser, api, expect, shot }) {
  const gateway = await startReceiver()
  try {
    await senderTo(gateway, api)
    const made = await api.post('/api/v1/public/reports', { text: '夜里施工太吵', category: 'security.noise', kind: 'complaint', reporter: { name: '刘女士', phone } })
    await losesTheCode(made, gateway, { browser, expect, shot })
    await opensTheOrder(gateway, { browser, api, expect, shot })
  } finally {
    await gateway.end()
  }
}

async function losesTheCode(made, gateway, { browser, expect, shot }) {
  const page = await browser.open({ viewport: 'phone', path: '/track' })
  const ask = async number => {
    await page.getByText('查询码丢了怎么办？').tap()
    await page.getByLabel('手机号').fill(number)
    await page.getByRole('button', { name: '发查询码给我' }).tap()
    await expect.visible(page.getByText(/已收到您的请求/))
  }
  await ask('13900009999')
  const unknown = await page.getByText(/已收到您的请求/).innerText()
  await page.reload()
  await ask(phone)
  expect.equal(await page.getByText(/已收到您的请求/).innerText(), unknown)
  await sound(page)
  await shot(page, 'asked')
  await expect.eventually(() => expect.ok(texts(gateway).some(({ content }) => content.includes(made.code))), 20_000)
  expect.ok(!gateway.got.some(({ body }) => body.includes('13900009999')), 'nothing goes to a phone that reported nothing')
  await page.goto(`/track/${made.code}`)
  await expect.visible(page.getByText(made.number))
}

async function opensTheOrder(gateway, { browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const station = await api.as('station')
  const { account } = await station.get('/api/v1/session')
  const inc = await officer.post('/api/v1/incidents', { text: '楼道堆物', category: 'environment.waste', channel: 'hotline', address: '青石桥街', reporter: { name: '刘女士', phone } })
  const now = await officer.get(`/api/v1/incidents/${inc.id}`)
  const unit = account.posts.find(post => post.unit)?.unit.id
  if (now.actions.some(({ do: action }) => action === 'dispatch')) await officer.act(inc.id, 'dispatch', { unit, person: account.id })
  else await officer.act(inc.id, 'add_unit', { unit, person: account.id })
  const desk = await browser.open({ path: `/desk/incident/${inc.id}`, as: 'duty' })
  const orders = desk.getByRole('region', { name: '派遣单' })
  await expect.visible(orders.getByText(/还没有送达/))
  const mobile = await browser.open({ viewport: 'phone', path: '/m', as: 'station' })
  await expect.visible(orders.getByText(/已送达 \d\d:\d\d/), 30_000)
  await mobile.goto(`/m/orders/${inc.id}`)
  await expect.visible(orders.getByText(/已读 \d\d:\d\d/), 30_000)
  await shot(desk, 'read')
  await expect.eventually(() => expect.ok(texts(gateway).some(({ content }) => content.includes(inc.number))), 20_000)
  await mobile.goto('/m/me')
  await expect.visible(mobile.getByRole('heading', { name: '提醒方式' }))
  await expect.visible(mobile.getByText('中心没有开启。'))
  await sound(mobile)
  await shot(mobile, 'alerts')
}
