import { clockOf, day, minute } from '../lib/clock.mjs'
import { deskOf, pick } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'returned, extended, and extended again by a leader: limits move only by approval, nothing starts anew, and in the end nothing was late'

export const server = { own: true, byHand: true }

/** Days pass, and with them pages are opened anew. */
export const limit = 300_000

const title = '听雨桥头井盖下沉，要换整套井座'
const [wrong, right] = ['锦云综合行政执法大队', '锦云市政养护所']

export async function run({ browser, api, expect, shot }) {
  const clock = await clockOf(api)
  const officer = await api.as('duty')
  const { id, number } = await officer.post('/api/v1/incidents', { text: title, severity: 'general', channel: 'hotline', lon: 104.0755, lat: 30.7, address: '听雨桥头' })
  const read = async () => (await api.as('duty')).get(`/api/v1/incidents/${id}`)
  const limit = (incident, stage) => incident.clocks.findLast(one => one.stage === stage)
  const { received_at: received } = await read()

  const duty = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'duty' }))
  await duty.opened(number)
  await duty.act('派往其他单位', form => pick(form, '单位', '执法大队', wrong), '派单')
  const department = deskOf(await browser.open({ path: '/desk', as: 'department', expected: [/status of 404/] }))
  await department.openNew(title)
  const first = limit(await read(), 'handle')
  await clock.advance(minute)
  await department.act('退回', async form => {
    await form.getByLabel('原因').fill('井盖属于市政设施')
    await pick(form, '单位', '市政', right)
  })
  await duty.says(`建议派往 ${right}`)
  await duty.page.keyboard.press('d')
  await duty.says(`${right} `)
  const sent = await read()
  expect.equal(limit(sent, 'total').started, received, 'what came back is no new matter')
  expect.ok(limit(sent, 'handle').started > first.started, 'whoever gets it has the whole time')

  await department.open({ id, number })
  await takes(department, expect)
  const due = limit(await read(), 'handle').due
  await asks(department, expect, '井座要向厂家定制')
  await duty.says(/申请延期到/)
  await shot(duty.page, 'asked')
  await sound(duty.page)
  await duty.page.keyboard.press('y')
  await expect.visible(duty.next.locator('form'))
  await duty.next.getByRole('button', { name: /^\s*同意延期/ }).click()
  await expect.text(duty.timeline, /同意延期到/)
  const extended = limit(await read(), 'handle')
  expect.ok(Math.abs(extended.due - due - 3 * day) <= 5 * minute, 'three days more, on round minutes')
  expect.equal(extended.started, limit(sent, 'handle').started, 'an extension starts nothing anew')
  await expect.text(duty.part('时限'), '处置')

  await leave(duty, department)
  await clock.until(due + minute)
  await again({ browser, api, expect, shot, clock, id, number, due: extended.due })
  await expect.eventually(async () => expect.equal((await read()).extensions, 2))
  const done = await read()
  expect.ok(!limit(done, 'handle').overdue && limit(done, 'handle').stopped, 'handled within what was granted')
  expect.equal(done.clocks.filter(one => one.overdue && one.stage !== 'dispatch').length, 0, 'nothing but the way to the right unit counts as late')
}

/** A second extension is the leader's to grant. */
async function again({ browser, api, expect, shot, clock, id, number, due }) {
  const department = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'department' }))
  await department.opened(number)
  const before = await (await api.as('duty')).get(`/api/v1/incidents/${id}`)
  expect.ok(!before.clocks.findLast(one => one.stage === 'handle').overdue, 'the first limit has passed and does not count any more')
  await asks(department, expect, '厂家延迟发货')
  const duty = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'duty' }))
  await duty.opened(number)
  await duty.says('第二次起的延期由领导审批')
  await expect.hidden(duty.next.getByRole('button', { name: /^\s*同意/ }))
  const leader = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'leader' }))
  await leader.opened(number)
  await leader.next.getByRole('button', { name: /^\s*同意/ }).click()
  await leader.next.getByLabel('备注').fill('到货当天换好')
  await leader.next.getByRole('button', { name: /^\s*同意延期/ }).click()
  await expect.text(leader.timeline, /同意延期到/)
  await expect.text(leader.page.getByRole('article'), '延期 2 次')
  await shot(leader.page, 'second')

  await leave(department, duty, leader)
  await clock.until(due - minute)
  const late = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'department' }))
  await late.opened(number)
  await late.act('办结', form => form.getByLabel('处置结果').fill('井座已更换，车压无响声'))
  await late.part('时限').getByText(/^已完成的 \d+ 项$/).click()
  await expect.text(late.part('时限'), /处置（锦云市政养护所）\s+未超时/)
}

/** They go home: after days a session has ended. */
const leave = (...desks) => Promise.all(desks.map(({ page }) => page.context().close()))

/** Takes the order, from the pool or not, and arrives. */
async function takes(desk, expect) {
  await desk.button('认领').or(desk.button('接单')).first().click()
  await desk.act('到场', form => form.getByLabel('原因').fill('桥下没有定位信号'))
  await desk.says('请处置')
  await expect.text(desk.part('时限'), /处置[\s\S]*限 3 个工作日/)
}

/** Asks for three days more. */
async function asks(desk, expect, reason) {
  await desk.page.keyboard.press('e')
  await expect.visible(desk.next.locator('form'))
  await desk.next.getByRole('button', { name: '延 3 天' }).click()
  await desk.next.getByLabel('原因').fill(reason)
  await desk.next.getByRole('button', { name: /^\s*申请延期/ }).click()
  await desk.says('等待审批')
}
