// What is done on the duty desk and in a unit, as by somebody who knows the keys.
import { deskOf } from '../lib/desk.mjs'
import { expect } from '../lib/expect.mjs'
import { focused } from '../lib/focus.mjs'
import { Person } from './person.mjs'

const phone = '13800008801'
const place = { lon: 104.0755, lat: 30.7, address: '竹里庭东门' }

async function deskWith(browser, as, path = '/desk') {
  const desk = deskOf(await browser.open({ path, as }))
  await desk.ready()
  return { desk, page: desk.page, person: new Person(desk.page) }
}

/** N, the number, Enter, the words, Tab over each proposal, Ctrl+Enter, until the number can be read aloud. */
export async function hotline({ browser }) {
  const { page, person } = await deskWith(browser, 'duty')
  const call = page.getByRole('region', { name: '登记' })
  await person.step(async () => {
    await person.press('n')
    await person.wait(focused(call.getByLabel('来电号码')))
    await person.type(phone)
  })
  await person.step(async () => {
    await person.press('Enter')
    await person.wait(focused(call.getByLabel('反映的内容')))
    await person.type('书香轩门口路灯坏了')
  })
  const proposed = label => expect.eventually(async () => expect.ok(await call.getByLabel(label).getAttribute('placeholder')))
  await person.step(async () => {
    await person.press('Tab')
    for (const label of ['类别', '位置', '派往']) {
      await person.wait(proposed(label))
      await person.press('Tab')
    }
    await person.press('Control+Enter')
    await person.wait(expect.visible(page.getByLabel(/^\d{6}-\d{4}-\d{4}$/)))
  })
  return person
}

/** The row is chosen, D sends what is proposed. */
export async function dispatch({ browser, api }) {
  const officer = await api.as('duty')
  const { id, number } = await officer.post('/api/v1/incidents', { text: '竹里庭东门井盖松动', channel: 'hotline', ...place })
  const { page, desk, person } = await deskWith(browser, 'duty', `/desk?open=${id}`)
  await desk.says('建议派往')
  await person.step(async () => {
    await person.press('d')
    await person.wait(expect.text(desk.toast, `${number} 已派往`))
  })
  await page.context().close()
  return person
}

/** Claimed from the pool and handled with one sentence. */
export async function handle({ browser, api }) {
  const officer = await api.as('duty')
  const made = await officer.post('/api/v1/incidents', { text: '竹里庭东门小广告', channel: 'hotline', ...place })
  const { items } = await officer.get(`/api/v1/units?limit=1&q=${encodeURIComponent('锦云综合行政执法大队')}`)
  await officer.act(made.id, 'dispatch', { unit: items[0].id, pool: true })
  const { page, desk, person } = await deskWith(browser, 'department', `/desk?open=${made.id}`)
  await desk.opened(made.number)
  await person.step(async () => {
    await person.point(desk.button('认领').or(desk.button('接单')).first())
    await person.wait(expect.visible(desk.button('办结')))
  })
  await person.step(async () => {
    await person.point(desk.button('办结').first())
    await person.wait(expect.visible(desk.next.getByLabel('处置结果')))
    await person.point(desk.next.getByLabel('处置结果'))
    await person.type('已清除，墙面刷白')
    await person.press('Control+Enter')
    await person.wait(expect.hidden(desk.next.locator('form')))
  })
  await page.context().close()
  return person
}

/** The whole number of the caller, from any page. */
export async function findByPhone({ browser, api }) {
  const officer = await api.as('duty')
  const { title } = await officer.post('/api/v1/incidents', { text: '竹里庭东门垃圾没有清运', channel: 'hotline', reporter: { phone: '13800008802' }, ...place })
  const { page, desk, person } = await deskWith(browser, 'duty')
  await person.step(async () => {
    await person.press('/')
    await person.wait(focused(page.getByRole('searchbox', { name: '搜索' })))
    await person.type('13800008802')
    await person.wait(expect.visible(desk.row(title)))
  })
  return person
}
