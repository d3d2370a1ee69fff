import { begins } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'an administrator rehearses a rule on the past, sets it, moves it up and sees it send; one whose unit lost its people switches itself off and says so'

/** The demo's rules send by themselves here. */
export const server = { own: true }

export async function run({ browser, api, expect, shot }) {
  const [admin, security, duty] = [await api.as('admin'), await api.as('security'), await api.as('duty')]
  const page = await browser.open({ path: '/desk/admin/rules/new', as: 'admin' })
  await page.getByLabel('规则名称').fill('路灯交工作站')
  await page.getByLabel(begins('类别')).selectOption('environment.light')
  await page.getByLabel(begins('派给'), { exact: true }).selectOption('nearest_station')
  await page.getByLabel(begins('手上满几件不再派')).fill('500')
  await page.getByRole('checkbox', { name: '中心', exact: true }).check()
  await page.getByRole('checkbox', { name: begins('自动派出') }).check()
  await expect.visible(page.getByText('“路灯故障”类 → 最近的在岗工作站（自动派出，手上满 500 件不再派），抄告中心'))

  const rehearsal = page.getByRole('region', { name: '试运行' })
  await rehearsal.getByRole('button', { name: '试运行' }).click()
  await expect.visible(rehearsal.getByText(/适合 \d+ 件，但都被前面的规则先派走了/))
  await expect.visible(rehearsal.getByRole('row', { name: begins('锦云市政养护所') }))
  await sound(page)
  await shot(page, 'rehearsal')

  await page.getByRole('button', { name: begins('建立规则') }).click()
  await expect.url(page, /rules\/(?!new)\w+$/)
  const id = page.url().split('/').at(-1)
  const { items } = await admin.get('/api/v1/rules')
  const mine = items.find(rule => rule.id === id)
  await admin.post('/api/v1/rules/order', { rules: [mine, ...items.filter(rule => rule !== mine)].map(({ id, version }) => ({ id, version })) })
  await page.reload()
  await rehearsal.getByRole('button', { name: '试运行' }).click()
  await expect.visible(rehearsal.getByText(/这条规则适合 (\d+) 件，会用到 \1 件/))
  const result = await admin.post('/api/v1/rules/test', {})
  expect.ok(result.different > 0 && result.cases === result.same + result.different, 'each past incident is counted once')
  expect.ok(result.differences.every(one => !one.title && !one.text), 'a rehearsal tells no words of anybody')

  await page.getByRole('searchbox', { name: begins('按名称、类别、单位查找') }).fill('路灯故障')
  const left = page.locator('li.rule')
  await expect.eventually(async () => {
    const texts = await left.allTextContents()
    expect.ok(texts.length > 0 && texts.length < items.length && texts.every(one => one.includes('路灯')), 'a search finds rules by what they say')
  })
  await expect.visible(page.getByText('先清空查找，再调整先后顺序'))
  expect.ok(await left.first().getByRole('button').last().isDisabled(), 'a part of the list has no order to change')
  await page.getByRole('searchbox', { name: begins('按名称、类别、单位查找') }).fill('')

  const [lamp] = await report(duty, 'environment.light', 'general')
  expect.equal(lamp.rule_id ?? mine.id, mine.id)
  expect.match(lamp.unit.name, /巡区服务工作站/)
  await expect.refused(duty.post('/api/v1/rules/test', {}), 403)
  await leadsNowhere({ page, admin, security, expect, shot })
}

/** Reports at a place of the street and returns the orders that rules sent at once, with who was told. */
export async function report(duty, category, severity) {
  const [microgrid] = (await duty.get('/api/v1/areas?level=microgrid&limit=1')).items
  const made = await duty.post('/api/v1/incidents', { channel: 'hotline', category, severity, kind: 'complaint', title: '演示', text: '路边一处需要处理', area: microgrid.id })
  const { orders, copies } = await duty.get(`/api/v1/incidents/${made.incident?.id ?? made.id}`)
  return [orders[0], copies]
}

async function leadsNowhere({ page, admin, security, expect, shot }) {
  const unit = await admin.post('/api/v1/units', { code: 'lamp-team', name: '路灯小组', kind: 'team' })
  await expect.refused(admin.post('/api/v1/rules', { name: '路灯交小组', target: 'unit', value: unit.id }), 422)
  const { account } = await security.post('/api/v1/accounts', { login: 'lamp-1', name: '陆灯', posts: [{ role: 'department', unit: unit.id }] })
  const rule = await admin.post('/api/v1/rules', { name: '路灯交小组', category: 'environment.light', target: 'unit', value: unit.id })
  const [post] = (await security.get(`/api/v1/accounts/${account.id}`)).posts
  await security.delete(`/api/v1/accounts/${account.id}/posts/${post.id}`)
  await expect.eventually(async () => expect.equal((await admin.get(`/api/v1/rules/${rule.id}`)).disabled_why, 'unit_empty'), 20_000)

  await page.goto('/desk/admin')
  await expect.visible(page.getByText('派单规则“路灯交小组”指定的单位没有能办事的人，系统已停用这条规则。'))
  await page.goto(`/desk/admin/rules/${rule.id}`)
  await expect.visible(page.getByRole('article').getByText(/系统已于.*停用/))
  await shot(page, 'switched-off')
  const now = await admin.get(`/api/v1/rules/${rule.id}`)
  await expect.refused(admin.post(`/api/v1/rules/${rule.id}/active`, { active: true, version: now.version }), 409, 'rule.unit_empty')
}
