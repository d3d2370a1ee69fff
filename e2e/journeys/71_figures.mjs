import { sound } from '../lib/pages.mjs'

export const name = 'the leader reads the figures, learns what one means, compares, goes down to the incidents, and sees why it was late'
export const limit = 240_000

export async function run({ browser, api, expect, axe, shot }) {
  const page = await browser.open({ path: '/desk', as: 'leader' })
  await page.getByRole('link', { name: '指标', exact: true }).click()
  const table = page.getByRole('region', { name: '指标表' }).getByRole('table')
  await expect.visible(table, 20_000)

  await five({ page, expect })
  await definition({ page, table, expect, axe })
  await compare({ api, page, table, expect })
  await down({ page, table, expect })
  await columns({ page, table, expect })
  await sound(page)
  await shot(page, 'table')
  await late({ api, page, expect, axe, shot })
  await others({ browser, expect })
}

/** Five figures stand first, each of so many, against the week before, with a line by day. */
async function five({ page, expect }) {
  const cards = page.getByRole('list', { name: '最要紧的五项' }).getByRole('listitem')
  await expect.count(cards, 5)
  await expect.text(cards.first(), /一分钟派单[\s\S]*\d+\.\d\d\s%[\s\S]*件里有[\s\S]*比上期/)
  await expect.visible(cards.first().getByRole('img'))
  await expect.visible(page.getByText(/截至 \d\d:\d\d:\d\d，第 [\d,]+ 条变化/).first())
}

/** A head says what it means, by its formula and of how many. */
async function definition({ page, table, expect, axe }) {
  await table.getByRole('button', { name: /^按时派单率.*查看说明/ }).click()
  const card = page.getByRole('status').filter({ hasText: '按时派单 ÷ 应派单' })
  await expect.text(card, /[\d,]+ ÷ [\d,]+ = [\d.]+/)
  await axe(page)
  await page.keyboard.press('Escape')
  await expect.hidden(card)
}

/** The table says what the server counted, sorted by what one presses, against a period of one's own choice. */
async function compare({ api, page, table, expect }) {
  await page.getByRole('radio', { name: '上月' }).check({ force: true })
  await page.getByLabel('对比').selectOption('none')
  await expect.url(page, /period=last_month/)
  await expect.hidden(table.getByText(/升|降|多 \d/).first())
  await table.getByRole('button', { name: '按接报排序' }).click()
  const address = new URL(page.url())
  expect.equal(address.searchParams.get('sort'), 'received')
  const [from, to] = (await page.getByText(/\d{4}-\d\d-\d\d 至 \d{4}-\d\d-\d\d/).first().innerText()).match(/\d{4}-\d\d-\d\d/g)
  const counted = await (await api.as('leader')).get(`/api/v1/figures?by=area&from=${from}&to=${to}&kpis=closing`)
  await expect.text(table.getByRole('row').nth(1), String(counted.total.measures.received))
  await expect.text(table.getByRole('row').nth(2), counted.rows[0].name)
  await page.getByLabel('对比').selectOption('previous')
  await expect.visible(table.getByText(/[升降] [\d.]+ 个百分点/).first())
  await page.reload()
  await expect.equal(new URL(page.url()).searchParams.get('period'), 'last_month')
  await expect.visible(table, 20_000)
}

/** From a community to its grids, on to the incidents of one, and back to the same table. */
async function down({ page, table, expect }) {
  const community = table.getByRole('rowheader').nth(1).getByRole('link')
  const place = await community.innerText()
  await community.click()
  await expect.url(page, /area=/)
  await expect.visible(table.getByRole('rowheader', { name: new RegExp(place) }).first())
  await expect.visible(page.getByRole('navigation', { name: '所在位置' }))
  await table.getByRole('link', { name: /^事件/ }).nth(1).click()
  await expect.url(page, /\/desk\/search\?.*area=.*from=/)
  await expect.visible(page.getByRole('listbox').first(), 20_000)
  await page.goBack()
  await expect.visible(table, 20_000)
  await page.getByRole('radio', { name: '周', exact: true }).check({ force: true })
  await expect.visible(table.getByText(/起一周/).first())
}

/** What the table shows is chosen once and stays. */
async function columns({ page, table, expect }) {
  await page.getByRole('button', { name: '选择指标' }).click()
  const dialog = page.getByRole('dialog', { name: '表里显示哪些指标' })
  await dialog.getByRole('checkbox', { name: '返工率' }).check({ force: true })
  await dialog.getByRole('button', { name: '好了' }).click()
  await expect.visible(table.getByRole('columnheader', { name: /返工率/ }))
  await page.reload()
  await expect.visible(table.getByRole('columnheader', { name: /返工率/ }), 20_000)
}

/** Why it was late: the sums, the sentence of each, and the incident itself. */
async function late({ api, page, expect, axe, shot }) {
  await page.goto('/desk/figures/late?period=month')
  const list = page.getByRole('region', { name: '逐件原因' })
  await expect.visible(list, 20_000)
  await expect.text(page.getByRole('region', { name: '超时在哪个环节' }), /平均超/)
  await expect.text(list.getByRole('listitem').first(), /超时 \d+ (天|小时|分|秒)/)
  await axe(page)
  await shot(page, 'late')
  await page.getByRole('region', { name: '哪家单位' }).getByRole('button').first().click()
  await expect.url(page, /unit=/)
  const { searchParams } = new URL(page.url())
  const { from, to } = await (await api.as('leader')).get('/api/v1/figures?by=none&kpis=closing')
  const report = await (await api.as('leader')).get(`/api/v1/figures/late?unit=${searchParams.get('unit')}&from=${from.slice(0, 8)}01&to=${to}`)
  await expect.visible(page.getByText(new RegExp(`^${report.total} 件有环节超时`)))
  await list.getByRole('link').first().click()
  await expect.visible(page.getByRole('article').getByRole('heading', { level: 1 }), 20_000)
}

/** A department sees its own units and no areas; who may not see figures has no way to them. */
async function others({ browser, expect }) {
  const department = await browser.open({ path: '/desk/figures?by=unit', as: 'department' })
  await expect.visible(department.getByText(/所属单位 · /), 20_000)
  await expect.hidden(department.getByRole('combobox', { name: '区域' }))
  const worker = await browser.open({ path: '/desk', as: 'worker' })
  await expect.visible(worker.getByRole('link', { name: '查询', exact: true }), 20_000)
  await expect.hidden(worker.getByRole('link', { name: '指标', exact: true }))
}
