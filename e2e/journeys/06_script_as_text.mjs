import { deskOf } from '../lib/desk.mjs'

export const name = 'script in every field is shown as the text it is: queue, detail, map, search, letter, print'

export const server = { own: true, byHand: true }

const attack = field => `<img src=x onerror=ran=1><script>ran=1</script>{{7*7}}${field}`

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const { id, number } = await officer.post('/api/v1/incidents', {
    title: attack('title'), text: attack('text'), address: attack('address'), channel: 'hotline', lon: 104.0755, lat: 30.7,
    reporter: { name: attack('n'), phone: '13800007706', address: attack('home') },
  })
  await officer.post(`/api/v1/incidents/${id}/reporter`, { purpose: attack('purpose') })
  const { code } = await officer.post(`/api/v1/incidents/${id}/reporter`, { purpose: 'lost_code' })
  await work(id, officer, api)

  const page = await browser.open({ path: `/desk?open=${id}`, as: 'duty' })
  const desk = deskOf(page)
  await desk.opened(number)
  const clean = async () => {
    expect.equal(await page.evaluate(() => window.ran), undefined, 'nothing of it ran')
    expect.equal(await page.locator('img[src="x"]').count(), 0, 'nothing of it became an element')
  }
  await expect.text(desk.heading, attack('title'))
  await expect.text(desk.part('事件内容'), attack('text'))
  await expect.text(desk.part('事件内容'), attack('address'))
  for (const field of ['note', 'result', 'parties', 'rework', 'answer', 'unit']) await expect.text(desk.timeline, attack(field))
  await expect.text(desk.timeline, '<script>ran=1</script>who')
  await expect.text(desk.part('派遣单'), attack('unit'))
  await desk.part('反映人').getByRole('button', { name: '查看' }).click()
  await desk.part('反映人').getByRole('button', { name: '回访', exact: true }).click()
  await expect.text(desk.part('反映人'), attack('home'))
  await shot(page, 'detail')
  await clean()
  await page.emulateMedia({ media: 'print' })
  await expect.text(desk.heading, attack('title'))
  await clean()
  await page.emulateMedia({ media: 'screen' })

  await page.goto('/desk?tab=today')
  await expect.text(desk.row(attack('title')), attack('title'))
  await clean()
  await page.goto(`/desk/search?q=${encodeURIComponent('}}title')}`)
  await expect.visible(desk.row(attack('title')))
  await clean()
  await page.goto('/desk/map?show=today')
  await expect.visible(desk.row(attack('title')), 20_000)
  await clean()

  const resident = await browser.open({ path: `/track/${code}`, viewport: 'phone' })
  const letter = resident.getByRole('article')
  for (const field of ['title', 'text', 'answer', 'unit']) await expect.text(letter, attack(field))
  expect.equal(await resident.evaluate(() => window.ran), undefined)
  await shot(resident, 'letter')

  const security = await browser.open({ path: '/desk/admin/audit', as: 'audit' })
  await expect.visible(security.getByRole('heading', { level: 1 }))
  expect.equal(await security.evaluate(() => window.ran), undefined)
}

/** A unit and a person with such names do the work, and write more of the same. */
async function work(id, officer, api) {
  const admin = await api.as('admin')
  const unit = await admin.post('/api/v1/units', { name: attack('unit'), kind: 'team' })
  const security = await api.as('security')
  const made = await security.post('/api/v1/accounts', { login: 'script', name: '<script>ran=1</script>who', kind: 'person', posts: [{ role: 'department', unit: unit.id }] })
  const password = 'tea-Under-42-pines'
  await (await api.as('script', made.password)).post('/api/v1/session/password', { old: made.password, new: password })
  const worker = await api.as('script', password)

  await officer.act(id, 'note', { text: attack('note'), visibility: 'public' })
  let { orders } = await officer.act(id, 'dispatch', { unit: unit.id, note: attack('order') })
  const order = orders.at(-1).id
  await worker.act(id, 'accept_order', { order })
  await worker.act(id, 'arrive', { order, reason: attack('reason') })
  await worker.act(id, 'handle', { order, result: attack('result'), outcome: 'success', parties: attack('parties'), agreement: 'oral' })
  await officer.act(id, 'rework', { reason: attack('rework') })
  await worker.act(id, 'handle', { order, result: attack('result') })
  await officer.act(id, 'check_pass', { note: attack('check') })
  await officer.act(id, 'close', { answer: attack('answer') })
}
