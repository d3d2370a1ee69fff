import { deskOf } from '../lib/desk.mjs'
import { focused, showsFocus } from '../lib/focus.mjs'

export const name = 'the whole desk without a mouse: sign in, take a call, send it, check, answer, call back; the focus is seen and comes back'

const title = '槐安社区书香轩门口路灯闪烁'

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/desk', expected: [/status of 401/] })
  const desk = deskOf(page)
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await signIn(page, press, expect)
  await desk.ready()
  await helpSheet({ page, press, expect, shot })

  const { number, id } = await call({ page, desk, press, expect })
  await press('d')
  await desk.says('等待')
  await handled(id, api)
  await desk.says('请核查')
  await press('1')
  await focused(desk.next.getByLabel('备注'))
  await showsFocus(page)
  await page.keyboard.type('看过照片，灯已亮')
  await press('Control+Enter')
  await desk.says('请答复反映人并结案')
  await press('1')
  await focused(desk.next.getByLabel('答复内容'))
  await page.keyboard.type('路灯已修好。')
  await press('Control+Enter')
  await desk.says('请回访')
  await press('1')
  await expect.visible(desk.next.locator('form'))
  await press('Space', 'Tab', 'Space', 'Tab', 'Space')
  await press('ArrowLeft')
  await shot(page, 'follow-up')
  await press('Control+Enter')
  await expect.text(desk.timeline, '回访，已联系上')
  await desk.says('已经办完')

  await rows({ page, desk, press, expect }, number)
}

async function signIn(page, press, expect) {
  const login = page.getByRole('textbox', { name: '账号' })
  await expect.visible(login)
  for (let i = 0; i < 30 && !(await login.evaluate(field => field === document.activeElement)); i++) await press('Tab')
  await focused(login)
  await showsFocus(page)
  await page.keyboard.type('duty')
  await press('Tab')
  await page.keyboard.type('gezhi-demo')
  await press('Enter')
}

/** `?` lists what the keys do now, and gives the focus back. */
async function helpSheet({ page, press, expect, shot }) {
  const skip = page.getByRole('link', { name: '跳到内容' })
  await skip.focus()
  await press('?')
  const sheet = page.getByRole('dialog', { name: '快捷键' })
  await expect.visible(sheet)
  for (const what of ['登记新来电', '查询', '下一件', '上一件', '显示全部快捷键']) await expect.text(sheet, what)
  await shot(page, 'keys')
  await press('Escape')
  await expect.hidden(sheet)
  await focused(skip)
}

async function call({ page, desk, press, expect }) {
  await press('n')
  const call = page.getByRole('region', { name: '登记' })
  await focused(call.getByLabel('来电号码'))
  await showsFocus(page)
  await page.keyboard.type('13800007709')
  await press('Tab', 'Tab', 'Tab')
  await focused(call.getByLabel('反映的内容'))
  await page.keyboard.type(title)
  await press('Escape')
  await expect.hidden(call)
  await press('n')
  await expect.text(call, '已恢复上次没有登记完的内容')
  await focused(call.getByLabel('来电号码'))
  expect.equal(await call.getByLabel('反映的内容').inputValue(), title, 'looking aside loses nothing')
  await press('Tab', 'Tab', 'Tab', 'Tab')
  await focused(call.getByLabel('类别'))
  await expect.eventually(async () => expect.match(await call.getByLabel('类别').getAttribute('placeholder'), /路灯/))
  await press('Tab')
  await focused(call.getByLabel('位置'))
  await page.keyboard.type('书香轩')
  await expect.visible(call.getByRole('option', { name: '书香轩' }))
  await press('Enter')
  await press('Control+Enter')
  const said = page.getByLabel(/^\d{6}-\d{4}-\d{4}$/)
  await expect.visible(said)
  await focused(page.getByRole('button', { name: /看这一件/ }))
  await showsFocus(page)
  const number = await said.getAttribute('aria-label')
  await press('Enter')
  await desk.opened(number)
  return { number, id: new URL(page.url()).searchParams.get('open') }
}

/** The work outside, which is not the desk's. */
async function handled(id, api) {
  const department = await api.as('department')
  const { orders } = await department.get(`/api/v1/incidents/${id}`)
  const { id: order, state } = orders.at(-1)
  await department.act(id, state === 'pooled' ? 'claim' : 'accept_order', { order })
  await department.act(id, 'handle', { order, result: '已更换镇流器' })
}

/** J and K walk the list, Enter goes into the detail, Escape leaves it. */
async function rows({ page, desk, press, expect }, number) {
  await press('Escape')
  await expect.hidden(page.getByRole('article').getByRole('button', { name: number }))
  await press('j', 'j')
  const selected = () => desk.rows.getByRole('option', { selected: true }).first()
  await expect.visible(selected())
  const second = await selected().getAttribute('id')
  await press('k')
  await expect.eventually(async () => expect.ok((await selected().getAttribute('id')) !== second, 'K goes back'))
  await press('j')
  await expect.eventually(async () => expect.equal(await selected().getAttribute('id'), second))
  await press('Enter')
  await focused(page.getByRole('article'))
  await showsFocus(page)
  for (let i = 0; i < 6; i++) {
    await press('Tab')
    await showsFocus(page)
  }
}
