import { sound } from '../lib/pages.mjs'
import { outside, startReceiver } from '../lib/receiver.mjs'

export const name = 'an administrator adds a webhook, tries it, sees what was refused and sends it again; no message says what happened or to whom'

export const server = outside

/** What the demo's own past has to tell goes out first. */
export const limit = 240_000

export async function run({ browser, api, expect, shot }) {
  const robot = await startReceiver()
  try {
    const page = await browser.open({ path: '/desk/admin/notify', as: 'admin', expected: [/status of 422/] })
    await expect.visible(page.getByRole('heading', { name: '消息发送' }))
    await sound(page)
    await page.getByRole('link', { name: '添加发送方式' }).first().click()
    await page.getByRole('button', { name: /其他系统/ }).click()
    await page.getByLabel('名称', { exact: true }).first().fill('街道值班群')
    await page.getByLabel('地址', { exact: true }).fill(`${robot.url}/?key=4f3a`)
    await page.getByRole('button', { name: /^\s*添加\s/ }).click()
    await expect.visible(page.getByText(/地址里不要写密钥/))
    await page.getByLabel('地址', { exact: true }).fill(robot.url)
    await page.getByRole('button', { name: /^\s*添加\s/ }).click()
    await expect.visible(page.getByText('已添加“街道值班群”'))
    await sound(page)
    await shot(page, 'sender')

    await page.getByRole('button', { name: '试发', exact: true }).click()
    await expect.visible(page.getByText(/对方已收下/))
    expect.ok(robot.got.some(({ body }) => body.includes('"notice":"test"')), 'the trial arrived')

    robot.answer(400)
    const officer = await api.as('duty')
    const words = '三号楼王大爷家漏水'
    const inc = await officer.post('/api/v1/incidents', { text: words, category: 'security.noise', channel: 'hotline', address: '青石桥街 12 号', reporter: { name: '王大爷', phone: '13800001234' } })
    const [option] = inc.actions.find(action => action.do === 'dispatch')?.asks.find(ask => ask.name === 'unit')?.options ?? []
    if (option) await officer.act(inc.id, 'dispatch', { unit: option.value })
    await refused(page, inc, expect, shot)

    robot.answer(200)
    await page.getByRole('button', { name: `重发 ${inc.number}` }).click()
    await expect.hidden(page.getByText(`编号 ${inc.number}`), 20_000)
    await expect.eventually(() => expect.ok(robot.got.filter(one => one.body.includes(inc.number)).length >= 2), 20_000)
    for (const { body } of robot.got) for (const private_ of [words, '王大爷', '13800001234', '青石桥']) expect.ok(!body.includes(private_), body)
  } finally {
    await robot.end()
  }
}

async function refused(page, inc, expect, shot) {
  await page.getByRole('link', { name: '未送达的消息' }).click()
  await expect.eventually(async () => {
    await page.getByLabel('状态').selectOption('waiting')
    await page.getByLabel('状态').selectOption('dead')
    await expect.visible(page.getByText(`编号 ${inc.number}`), 1500)
  }, 120_000)
  await expect.visible(page.getByText(/对方回答 400/))
  await sound(page)
  await shot(page, 'dead')
}
