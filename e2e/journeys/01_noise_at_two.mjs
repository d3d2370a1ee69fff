import { deskOf, pick } from '../lib/desk.mjs'

export const name = 'noise at two: a call becomes an order, the police mediate, another checks, the caller is answered and called back'

const title = '书香轩楼下的烧烤店凌晨两点还在放音响'
const words = `${title}，噪音太大，全家都睡不着`
const [phone, caller] = ['13800007702', '孟听雨']

export async function run({ browser, api, expect, shot }) {
  const duty = deskOf(await browser.open({ path: '/desk', as: 'duty' }))
  const station = deskOf(await browser.open({ path: '/desk', as: 'station' }))
  await Promise.all([duty.ready(), station.ready()])
  await station.page.evaluate(() => (window.sameTab = true))

  const number = await takeCall(duty, expect, shot)
  await duty.says('建议派往 锦云东巡区服务工作站')
  await duty.page.keyboard.press('d')
  await expect.text(duty.toast, `${number} 已派往 锦云东巡区服务工作站`)
  await duty.says('等待 锦云东巡区服务工作站 接单')

  await station.openNew(title)
  expect.equal(await station.page.evaluate(() => window.sameTab), true, 'it came without a reload')
  await station.says('请接单')
  await station.button('接单').first().click()
  await station.says('到达现场后请确认到场')
  await station.act('到场', form => form.getByLabel('原因').fill('手机没有定位信号，人已在门口'))
  await station.says('请处置')
  await keepsItsPromise(duty, api, expect)

  await duty.says('已到场，正在处置')
  await duty.act('增加单位', form => pick(form, '单位', '派出所', '锦云派出所'))

  const police = deskOf(await browser.open({ path: '/desk', as: 'police' }))
  await police.openNew(title)
  await police.button('接单').first().click()
  await expect.visible(police.button('办结'))
  await police.act('办结', async form => {
    await form.getByLabel('处置结果').fill('双方到场，店主关掉音响并道歉')
    await form.getByLabel('调解成功').check()
    await form.getByLabel('当事人').fill('住户孟某、烧烤店店主')
    await form.getByLabel('口头协议').check()
  })
  await station.act('办结', form => form.getByLabel('处置结果').fill('音响已关，零点后不再放音乐'))
  await station.says('等待别人核查')
  await expect.hidden(station.button('核查通过'))

  const supervisor = deskOf(await browser.open({ path: '/desk', as: 'supervisor' }))
  await find(supervisor, number, expect)
  await supervisor.act('核查通过')
  await supervisor.says('等待答复反映人')

  await answer(duty, expect)
  await everyStepIsASentence(duty, expect)
  await shot(duty.page, 'closed')
  await residentSeesUnitsOnly(duty, { browser, api, expect, shot, number })

  await duty.act('回访', async form => {
    await form.getByLabel('已联系上').check()
    await form.getByRole('group', { name: '是否解决' }).getByLabel('是', { exact: true }).check()
    await form.getByLabel('5 非常满意').check()
  })
  await duty.says('已经办完')
  await expect.text(duty.timeline, /唐知微 \S+ 回访，已联系上/)
}

/** The officer never leaves the keyboard while the caller speaks. */
async function takeCall({ page }, expect, shot) {
  await page.keyboard.press('n')
  const call = page.getByRole('region', { name: '登记' })
  await expect.visible(call)
  const type = async (label, text) => {
    await expect.eventually(async () => expect.ok(await call.getByLabel(label).evaluate(field => field === document.activeElement), `${label} has the focus`))
    await page.keyboard.type(text)
  }
  await type('来电号码', phone)
  await page.keyboard.press('Tab')
  await type('姓名', caller)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await type('反映的内容', words)

  const category = call.getByLabel('类别')
  await expect.eventually(async () => expect.equal(await category.getAttribute('placeholder'), '噪音扰民'))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect.eventually(async () => expect.match(await category.inputValue(), /噪音扰民/))
  await type('位置', '书香轩')
  await expect.visible(call.getByRole('option', { name: '书香轩' }))
  await page.keyboard.press('Enter')
  await expect.eventually(async () => expect.equal(await call.getByLabel('详细地址').inputValue(), '书香轩'))
  await expect.visible(call.getByText('槐安社区').filter({ visible: true }))
  await expect.eventually(async () =>
    expect.equal(await call.getByLabel('派往').getAttribute('placeholder'), '锦云东巡区服务工作站'))
  await shot(page, 'call')

  await page.keyboard.press('Control+Enter')
  const said = page.getByLabel(/^\d{6}-\d{4}-\d{4}$/)
  await expect.visible(said)
  const number = await said.getAttribute('aria-label')
  await shot(page, 'number')
  await page.keyboard.press('Enter')
  await expect.hidden(call)
  await expect.visible(page.getByRole('article').getByRole('button', { name: number }))
  return number
}

/** With a unit within a minute, on the scene within five. */
async function keepsItsPromise({ page }, api, expect) {
  const officer = await api.as('duty')
  const { received_at, times, clocks } = await officer.get(`/api/v1/incidents/${new URL(page.url()).searchParams.get('open')}`)
  expect.ok(times.dispatched_at - received_at < 60_000, `dispatched after ${times.dispatched_at - received_at} ms`)
  expect.ok(times.arrived_at - received_at < 300_000, `there after ${times.arrived_at - received_at} ms`)
  for (const stage of ['dispatch', 'accept_order', 'arrive']) {
    const clock = clocks.find(one => one.stage === stage)
    expect.ok(clock.stopped && !clock.overdue, `${stage} is within its limit`)
  }
}

/** Finds an incident by its number. */
async function find({ page, row, opened, ready }, number, expect) {
  await ready()
  await page.keyboard.press('/')
  const words = page.getByRole('searchbox', { name: '搜索' })
  await expect.eventually(async () => expect.ok(await words.evaluate(field => field === document.activeElement), 'the search has the focus'))
  await page.keyboard.type(number)
  await row(title).first().click()
  await opened(number)
}

async function answer(duty, expect) {
  await duty.says('请答复反映人并结案')
  await duty.page.keyboard.press('1')
  await expect.visible(duty.next.getByLabel('答复内容'))
  await expect.eventually(async () =>
    expect.ok(await duty.next.getByLabel('答复内容').evaluate(field => field === document.activeElement), 'the answer has the focus'))
  await duty.page.keyboard.type('烧烤店已关掉音响，零点后不再放音乐，派出所已作调解。')
  await duty.page.keyboard.press('Control+Enter')
  await duty.says('已结案，请回访')
}

async function everyStepIsASentence({ timeline }, expect) {
  const clock = '\\d{2}:\\d{2}'
  const sentences = [
    `唐知微 ${clock} 反映，来自热线`, `唐知微 ${clock} 派往 锦云东巡区服务工作站`, `锦云东巡区服务工作站 高远舟 ${clock} 接单`,
    `锦云东巡区服务工作站 高远舟 ${clock} 到场`, `唐知微 ${clock} 请 锦云派出所 协办`, `锦云派出所 严守正 ${clock} 接单`,
    `锦云派出所 严守正 ${clock} 办结`, `锦云东巡区服务工作站 高远舟 ${clock} 办结`, `简自明 ${clock} 核查通过`, `唐知微 ${clock} 答复并结案`,
  ]
  for (const sentence of sentences) await expect.text(timeline, new RegExp(sentence))
  for (const detail of ['手机没有定位信号', '调解成功', '口头协议', '住户孟某、烧烤店店主']) await expect.text(timeline, detail)
  const text = await timeline.innerText()
  expect.ok(!/[a-z]+[._][a-z]+/.test(text), `no code stands in it: ${text}`)
}

/** With the tracking code the caller sees which units were there, and the name of nobody. */
async function residentSeesUnitsOnly(duty, { browser, api, expect, shot, number }) {
  const reporter = duty.part('反映人')
  await expect.text(reporter, '138****7702')
  await reporter.getByRole('button', { name: '查看' }).click()
  await reporter.getByRole('button', { name: '回访', exact: true }).click()
  await expect.text(reporter, phone)
  await expect.text(reporter, caller)

  const officer = await api.as('duty')
  const id = new URL(duty.page.url()).searchParams.get('open')
  const { code } = await officer.post(`/api/v1/incidents/${id}/reporter`, { purpose: 'lost_code' })
  const resident = await browser.open({ path: `/track/${code}`, viewport: 'phone' })
  const letter = resident.getByRole('article')
  await expect.text(letter, number)
  for (const unit of ['锦云东巡区服务工作站', '锦云派出所']) await expect.text(letter, unit)
  await expect.text(letter, '烧烤店已关掉音响')
  const text = await letter.innerText()
  for (const hidden of ['高远舟', '严守正', '唐知微', '简自明', '住户孟某', phone, caller]) expect.ok(!text.includes(hidden), `${hidden} stays inside`)
  await shot(resident, 'letter')
}
