import { noSignal, phoneOf, standing } from '../lib/phone.mjs'

export const name = 'without network a report and an action are kept, also over a restart, and are done exactly once when it returns, also when an answer is lost'

/** Told apart from what an earlier run left on the same server. */
const once = Date.now() % 100_000
const words = {
  report: `流萤园南侧 ${once} 号窨井盖移位，已放警示桩`, note: `现场有积水，已提醒 ${once} 人`, lost: `流萤园北侧 ${once} 号护栏松动`, other: `流萤园东侧 ${once} 号路灯不亮`,
}

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const incident = await officer.post('/api/v1/incidents', {
    text: '流萤园门口有人占道堆放建筑垃圾', channel: 'hotline', lon: standing.longitude, lat: standing.latitude, address: '流萤园',
  })
  const { account } = await (await api.as('worker')).get('/api/v1/session')
  const { unit } = account.posts.find(post => post.current && post.area && post.unit)
  await officer.act(incident.id, 'dispatch', { unit: unit.id, person: account.id })
  await keptOverARestart({ browser, officer, incident, expect, shot })
  await onceWhenTheAnswerIsLost({ browser, officer, expect })
  await neverAsSomebodyElse({ browser, officer, expect })
}

const found = async (officer, text) => (await officer.get(`/api/v1/incidents?q=${encodeURIComponent(text)}`)).items.filter(one => one.text === text)
/** The one incident that a report became; the index of words follows in a moment. */
const theOne = (officer, text, expect) =>
  expect.eventually(async () => {
    const list = await found(officer, text)
    expect.equal(list.length, 1, `${text} is there once`)
    return list[0]
  })

async function keptOverARestart({ browser, officer, incident, expect, shot }) {
  const page = await browser.open({ path: `/m/orders/${incident.id}`, viewport: 'phone', as: 'worker', position: standing, expected: [...noSignal] })
  const phone = phoneOf(page)
  await expect.visible(phone.button('补充记录'))
  // The pages are kept once the service worker is there.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller) await new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
  await page.context().setOffline(true)
  await phone.button('补充记录').click()
  const form = phone.main.getByRole('region', { name: '补充记录' })
  await form.getByLabel('内容').fill(words.note)
  await form.getByRole('button', { name: '补充记录', exact: true }).click()
  await expect.visible(phone.bar('没有信号，已保存 1 条，恢复后自动发送'))

  await phone.shoot()
  await phone.main.getByRole('textbox', { name: /说明/ }).fill(words.report)
  await phone.button('上报').click()
  await expect.visible(phone.main.getByRole('heading', { name: '没有信号，已保存' }))
  await shot(page, 'kept')

  await page.reload()
  await phone.bar('已保存 2 条').click()
  await expect.count(phone.main.getByRole('listitem'), 2)
  await expect.text(phone.main, words.report)
  await shot(page, 'queue')
  expect.equal((await found(officer, words.report)).length, 0)

  await page.context().setOffline(false)
  await expect.visible(phone.main.getByText('全部已发送'), 40_000)
  const report = await theOne(officer, words.report, expect)
  const line = await officer.get(`/api/v1/incidents/${report.id}/timeline`)
  expect.equal(line.items[0].files.length, 1, 'with its photo')
  const { items } = await officer.get(`/api/v1/incidents/${incident.id}/timeline`)
  expect.equal(items.filter(({ body }) => body.text === words.note).length, 1)
}

/** The server took it, and the answer never came: it is sent again under the same key and stays one. */
async function onceWhenTheAnswerIsLost({ browser, officer, expect }) {
  const page = await browser.open({ path: '/m/report', viewport: 'phone', as: 'worker', position: standing, worker: false, expected: [...noSignal] })
  const phone = phoneOf(page)
  const keys = []
  await page.route('**/api/v1/incidents', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    keys.push(route.request().headers()['idempotency-key'])
    const answer = await route.fetch()
    return keys.length === 1 ? route.abort('connectionreset') : route.fulfill({ response: answer })
  })
  await phone.main.getByRole('textbox', { name: /说明/ }).fill(words.lost)
  await phone.button('上报').click()
  await expect.visible(phone.main.getByRole('heading', { name: '没有信号，已保存' }))
  await theOne(officer, words.lost, expect)
  await phone.main.getByRole('link', { name: '查看待发送' }).click()
  await expect.visible(phone.main.getByText('全部已发送'), 30_000)
  expect.deepEqual(new Set(keys).size, 1)
  expect.ok(keys.length >= 2, 'it was sent again')
  await theOne(officer, words.lost, expect)
}

/** What one account did on a phone that another signs in on waits for the first. */
async function neverAsSomebodyElse({ browser, officer, expect }) {
  const text = words.other
  const page = await browser.open({ path: '/m/report', viewport: 'phone', as: 'worker', position: standing, expected: [...noSignal] })
  const phone = phoneOf(page)
  await phone.main.getByRole('textbox', { name: /说明/ }).fill(text)
  await page.context().setOffline(true)
  await phone.button('上报').click()
  await expect.visible(phone.main.getByRole('heading', { name: '没有信号，已保存' }))
  // Another tab signs in as somebody else while this one still waits.
  const login = as => page.context().request.post('/api/v1/session', { data: { login: as, password: 'gezhi-demo' } })
  await login('station')
  await page.context().setOffline(false)
  await page.goto('/m/queue')
  await expect.visible(phone.main.getByText(/其他账号的 1 条/))
  expect.equal((await found(officer, text)).length, 0)
  await login('worker')
  await page.goto('/m/queue')
  await expect.visible(phone.main.getByText('全部已发送'))
  await theOne(officer, text, expect)
}
