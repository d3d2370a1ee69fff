import { deskOf, pick } from '../lib/desk.mjs'

export const name = 'sent to the wrong unit: it comes back with the right one named, goes there with one key, is done again and closed'

const title = '竹里庭东门井盖松动，车一压就响'
const [wrong, right] = ['锦云综合行政执法大队', '锦云市政养护所']

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const { id, number } = await officer.post('/api/v1/incidents', {
    text: title, channel: 'hotline', lon: 104.0755, lat: 30.7, address: '竹里庭东门', reporter: { name: '汪晚舟', phone: '13800007703' },
  })
  const duty = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'duty' }))
  await duty.opened(number)
  await duty.act('派往其他单位', form => pick(form, '单位', '执法大队', wrong), '派单')
  await duty.says(wrong)

  const department = deskOf(await browser.open({ path: '/desk', as: 'department', expected: [/status of 404/] })) // what it gave back it may not see
  await department.openNew(title)
  await department.act('退回', async form => {
    await form.getByLabel('原因').fill('井盖属于市政设施，请转市政养护所')
    await pick(form, '单位', '市政', right)
  })

  await duty.says(`建议派往 ${right}`)
  await expect.text(duty.timeline, `退回，认为应由 ${right} 办理`)
  await expect.text(duty.timeline, '井盖属于市政设施')
  await expect.text(duty.part('派遣单'), '已退回')
  await expect.text(duty.row(title).first(), '被退回')
  await shot(duty.page, 'returned')
  await duty.page.keyboard.press('d')
  await expect.text(duty.toast, `${number} 已派往 ${right}`)
  await duty.toast.locator('div').filter({ hasText: right }).getByRole('button', { name: '撤回' }).click()
  await duty.says(`建议派往 ${right}`)
  await duty.page.keyboard.press('d')
  await duty.says(`${right} `)

  await department.open({ id, number })
  await handle(department, '已紧固井盖')
  const supervisor = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'supervisor' }))
  await supervisor.says('已办结，请核查')
  await supervisor.act('返工', form => form.getByLabel('原因').fill('照片里仍有空隙，请再垫平'))
  await expect.text(department.timeline, '照片里仍有空隙')
  await department.says('核查没有通过')
  await department.act('办结', form => form.getByLabel('处置结果').fill('已垫平，车压无响声'))
  await supervisor.says('已办结，请核查')
  await supervisor.act('核查通过')
  await duty.says('请答复反映人并结案')
  await duty.act('答复并结案', form => form.getByLabel('答复内容').fill('井盖已修好，感谢您的提醒。'))
  await duty.says('已结案，请回访')
  await expect.text(duty.page.getByRole('article'), '返工过')

  const entries = (await officer.get(`/api/v1/incidents/${id}/timeline`)).items.map(entry => entry.do)
  expect.deepEqual(entries.filter(done => ['dispatch', 'return_order', 'withdraw_order', 'rework', 'check_pass', 'close'].includes(done)),
    ['dispatch', 'return_order', 'dispatch', 'withdraw_order', 'dispatch', 'rework', 'check_pass', 'close'])
}

/** Takes the order, from the pool or not, and handles it without going there. */
async function handle(desk, result) {
  const take = desk.button('认领').or(desk.button('接单')).first()
  await take.click()
  await desk.says('到达现场后请确认到场')
  await desk.act('办结', form => form.getByLabel('处置结果').fill(result))
  await desk.says('等待别人核查')
}
