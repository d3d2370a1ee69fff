import { begins, deskOf, pick } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'a first start: set-up makes three administrators, they make an area, units and accounts, and a small office walks the loop'

export const server = { demo: false }

const password = 'tea-Under-42-pines'
const street = '春晖街道'
const centre = '春晖街道治理中心'
const team = '春晖巡查队'

export async function run({ browser, api, expect, shot }) {
  await setUp(browser, expect, shot)
  await makeAreaAndUnits(browser, expect, shot)
  const first = await makeAccounts(browser, expect, shot)
  const duty = await firstSignIn(browser, expect, first.zhiban)
  for (const login of ['xuncha', 'jiandu']) {
    const fresh = await api.as(login, first[login])
    await fresh.post('/api/v1/session/password', { old: first[login], new: password })
  }
  await walkTheLoop(duty, api, expect, shot)
}

async function setUp(browser, expect, shot) {
  const page = await browser.open({ path: '/desk', expected: [/status of (401|422)/] })
  await page.getByRole('link', { name: '前往初始设置' }).click()
  await page.getByLabel('中心名称').fill(centre)
  const admins = { 系统管理员: 'xitong', 安全管理员: 'anquan', 审计管理员: 'shenji' }
  for (const [title, login] of Object.entries(admins)) {
    const part = page.getByRole('group', { name: begins(title) })
    await part.getByLabel('账号').fill(login)
    await part.getByLabel('姓名').fill(title.slice(0, 2) + '员')
    await part.getByLabel('密码').fill('short')
  }
  const save = page.getByRole('button', { name: '完成设置' })
  await save.click()
  await expect.count(page.getByText(/密码至少 8 个字符/), 3)
  await sound(page)
  await shot(page, 'setup-refused')
  for (const title of Object.keys(admins)) await page.getByRole('group', { name: begins(title) }).getByLabel('密码').fill(password)
  await save.click()
  await expect.visible(page.getByText('设置完成', { exact: true }))
  await page.goto('/setup')
  await expect.visible(page.getByText('初始设置已经完成'))
}

async function makeAreaAndUnits(browser, expect, shot) {
  const page = await browser.open({ path: '/desk/admin', as: 'xitong', password })
  await expect.visible(page.getByRole('heading', { name: '系统管理' }))
  await shot(page, 'overview')
  await page.getByRole('link', { name: '新建区域' }).first().click()
  const thing = page.getByRole('article')
  await thing.getByLabel('名称', { exact: true }).fill(street)
  await thing.getByLabel('编号').fill('510100001')
  await thing.getByLabel('层级').selectOption({ label: '街道' })
  await page.getByRole('button', { name: begins('建立区域') }).click()
  await expect.visible(page.getByRole('heading', { name: street }))
  await expect.visible(thing.getByText('没有边界').filter({ visible: true }))

  for (const [unit, kind] of [[centre, '中心'], [team, '队伍']]) {
    await page.goto('/desk/admin/units/new')
    await thing.getByLabel('名称', { exact: true }).fill(unit)
    await thing.getByLabel('类型', { exact: true }).selectOption({ label: kind })
    await page.getByRole('button', { name: begins('建立单位') }).click()
    await expect.visible(page.getByRole('heading', { name: unit, level: 2 }))
  }
  await page.goto('/desk/admin')
  await expect.count(page.getByText('已完成'), 3)
}

/** Makes the accounts and returns their first passwords, which are shown once. */
async function makeAccounts(browser, expect, shot) {
  const page = await browser.open({ path: '/desk/admin/accounts', as: 'anquan', password })
  const staff = [
    { login: 'zhiban', name: '陆知夏', role: '值班员', area: street },
    { login: 'xuncha', name: '秦望野', role: '专职网格员', unit: team },
    { login: 'jiandu', name: '白晓川', role: '网格监督员', area: street },
  ]
  const first = {}
  for (const { login, name, role, area, unit } of staff) {
    await page.goto('/desk/admin/accounts/new')
    const form = page.getByRole('article')
    await form.getByLabel('姓名或名称').fill(name)
    await form.getByLabel('登录账号').fill(login)
    await form.getByLabel('角色').selectOption({ label: role })
    if (unit) await pick(form, '单位', unit)
    if (area) await pick(form, '区域', area.slice(0, 2), `${area}（街道）`)
    await page.getByRole('button', { name: begins('建立账号') }).click()
    const dialog = page.getByRole('dialog')
    first[login] = (await dialog.getByLabel(`${name}的初始密码`).last().innerText()).trim()
    expect.ok(first[login].length >= 8, 'a first password is shown')
    await expect.text(dialog, '只在这里显示一次')
    await dialog.getByRole('button', { name: '已记下，关闭' }).click()
    await expect.visible(page.getByRole('heading', { name, level: 2 }))
    expect.ok(!(await page.content()).includes(first[login]), 'it is not shown again')
  }
  await shot(page, 'account')
  return first
}

/** The first password opens nothing but the form for a better one. */
async function firstSignIn(browser, expect, first) {
  const page = await browser.open({ path: '/desk', expected: [/status of (401|403|422)/] })
  await page.getByLabel('账号').fill('zhiban')
  await page.getByLabel('密码', { exact: true }).fill(first)
  await page.getByRole('button', { name: '登录' }).click()
  await expect.visible(page.getByRole('heading', { name: '请设置新密码' }))
  await page.goto('/desk')
  await expect.visible(page.getByRole('heading', { name: '请设置新密码' }))
  const change = async wanted => {
    await page.getByRole('textbox', { name: begins('原密码') }).fill(first)
    await page.getByRole('textbox', { name: begins('新密码') }).fill(wanted)
    await page.getByRole('textbox', { name: begins('再输入一遍') }).fill(wanted)
    await page.getByRole('button', { name: '保存并继续' }).click()
  }
  await change(first)
  await expect.text(page.getByRole('alert'), '新密码不能和原密码相同')
  await sound(page)
  await change(password)
  await expect.visible(page.getByText('没有等着处理的事件'))
  return deskOf(page)
}

async function walkTheLoop(duty, api, expect, shot) {
  await duty.page.keyboard.press('n')
  const call = duty.page.getByRole('region', { name: '登记' })
  await call.getByLabel('反映的内容').fill('春晖路二号院门口的垃圾桶满了三天没人收')
  await call.getByLabel('详细地址').fill('春晖路二号院')
  await duty.page.keyboard.press('Control+Enter')
  const said = duty.page.getByLabel(/^\d{6}-\d{4}-\d{4}$/)
  await expect.visible(said)
  const number = await said.getAttribute('aria-label')
  await duty.page.keyboard.press('Enter')
  await duty.opened(number)
  const id = new URL(duty.page.url()).searchParams.get('open')
  await shot(duty.page, 'reported')
  await duty.act('派往其他单位', form => pick(form, '单位', team), '派单')
  await duty.says(`等待 ${team} 接单`)

  const worker = await api.as('xuncha', password)
  const { items } = await worker.get('/api/v1/incidents?queue=todo')
  const order = items.find(incident => incident.id === id).orders[0].id
  await worker.act(id, 'accept_order', { order })
  await worker.act(id, 'handle', { order, result: '已清运' })
  await expect.refused(worker.act(id, 'check_pass'), 409, 'check.own_work')
  const checker = await api.as('jiandu', password)
  await checker.act(id, 'check_pass')
  await duty.says('请答复反映人并结案')
  await duty.act('答复并结案', form => form.getByLabel('答复内容').fill('垃圾已清运，今后每天两次。'))
  await duty.says('已结案，请回访')
}
