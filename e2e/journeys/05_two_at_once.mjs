import { deskOf } from '../lib/desk.mjs'

export const name = 'two people do the same at once: one wins, the other is told; a session that ends under a form; nothing typed is lost'

const hotline = (text, more = {}) => ({ text, channel: 'hotline', lon: 104.0755, lat: 30.7, address: '竹里庭东门', ...more })

export async function run({ browser, api, expect, shot, base }) {
  const officer = await api.as('duty')
  await race({ browser, api, officer, expect, shot })
  await sessionEnds({ browser, officer, expect, shot, base })
}

/** Both write an answer and send it in the same moment. */
async function race({ browser, api, officer, expect, shot }) {
  const { id, number } = await officer.post('/api/v1/incidents', hotline('竹里庭东门外有人占道洗车，积水没过脚面'))
  await finish(id, officer, api)
  const people = ['duty', 'leader']
  const desks = await Promise.all(people.map(async as => deskOf(await browser.open({ path: `/desk?open=${id}`, as, expected: [/status of (409|422)/] }))))
  for (const [i, desk] of desks.entries()) {
    await desk.opened(number)
    await desk.start('答复并结案')
    await desk.next.getByLabel('答复内容').fill(`答复出自 ${people[i]}，已清洗路面。`)
  }
  await Promise.all(desks.map(({ next }) => next.getByRole('button', { name: /^\s*答复并结案/ }).click()))

  const told = ({ next }) => next.getByRole('alert').filter({ hasText: '刚刚有别人先处理了' })
  await expect.eventually(async () => expect.equal(await told(desks[0]).count() + await told(desks[1]).count(), 1, 'one of them is told'))
  const late = (await told(desks[0]).count()) ? 0 : 1
  const loser = desks[late]
  await expect.text(told(loser), '答复并结案')
  expect.equal(await loser.next.getByLabel('答复内容').inputValue(), `答复出自 ${people[late]}，已清洗路面。`)
  await shot(loser.page, 'told')
  await desks[1 - late].says('已结案，请回访')
  const { answer } = await officer.get(`/api/v1/incidents/${id}`)
  expect.equal(answer, `答复出自 ${people[1 - late]}，已清洗路面。`)
}

async function finish(id, officer, api) {
  const { items } = await officer.get('/api/v1/units?limit=5&q=' + encodeURIComponent('市政'))
  const { orders } = await officer.act(id, 'dispatch', { unit: items[0].id })
  const department = await api.as('department')
  const order = orders.at(-1).id
  await department.act(id, orders.at(-1).state === 'pooled' ? 'claim' : 'accept_order', { order })
  await department.act(id, 'handle', { order, result: '已冲洗' })
  const supervisor = await api.as('supervisor')
  await supervisor.act(id, 'check_pass')
}

/** Somebody ends the session while a note is being written. */
async function sessionEnds({ browser, officer, expect, shot, base }) {
  const { id, number } = await officer.post('/api/v1/incidents', hotline('竹里庭东门路面结冰，有人滑倒'))
  const page = await browser.open({ path: `/desk?open=${id}`, as: 'duty', expected: [/status of 401/] })
  const desk = deskOf(page)
  await desk.opened(number)
  const words = '已电话通知养护单位撒盐，十分钟内到'
  await desk.start('补充记录')
  await desk.next.getByLabel('内容').fill(words)
  const ended = await page.context().request.delete('/api/v1/session', { headers: { origin: base } })
  expect.ok(ended.ok(), 'the session is over')

  const dialog = page.getByRole('dialog', { name: '请重新登录' })
  await expect.visible(dialog)
  await shot(page, 'again')
  await dialog.getByLabel('账号').fill('duty')
  await dialog.getByLabel('密码', { exact: true }).fill('gezhi-demo')
  await dialog.getByRole('button', { name: '登录' }).click()
  await expect.hidden(dialog)
  expect.equal(await desk.next.getByLabel('内容').inputValue(), words)
  await desk.next.getByRole('button', { name: /^\s*补充记录/ }).click()
  await expect.text(desk.timeline, words)
}
