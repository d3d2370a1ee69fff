import { begins } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'an administrator sets a limit, sees what a case would get, marks a holiday, and brings a year in from a file with a wrong row'

const light = '“路灯故障”类，一般'
// Wednesday 23 December 2026, ten in the morning.
const before = { day: '2026-12-23T10:00', at: new Date('2026-12-23T10:00:00+08:00').getTime() }

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/desk/admin/limits/new', as: 'admin', expected: [/422/] })
  await sets(page, expect)
  await shot(page, 'limit')
  await tries(page, expect, /2 个工作日/, /12月25日.*18:00/)
  await sound(page)
  await refusesTheSame(page, expect)

  await page.goto('/desk/admin/calendar')
  await turnTo(page, expect, 2026)
  await expect.visible(page.getByText('2026 年的节假日是随系统提供的示例'))
  await marks(page, expect)
  await shot(page, 'calendar')
  await imports(page, expect)
  await sound(page)

  const admin = await api.as('admin')
  const { items, missing } = await admin.get(`/api/v1/limits/preview?category=environment.light&severity=general&at=${before.at}`)
  const handle = items.find(one => one.limit.stage === 'handle')
  expect.equal(new Date(handle.due_at).toISOString(), '2026-12-28T10:00:00.000Z', 'the holiday in between does not count')
  expect.deepEqual(missing, [], 'the next year is known')

  const worker = await api.as('worker')
  await expect.refused(worker.post('/api/v1/limits', { stage: 'handle', unit: 'hours', amount: 1, active: true }), 403)
}

/** Nothing is no limit; then two working days for street lights. */
async function sets(page, expect) {
  await page.getByLabel('时限', { exact: true }).fill('0')
  await page.getByRole('button', { name: begins('建立时限') }).click()
  await expect.visible(page.getByText('时限不能是 0'))
  await fill(page, '2')
  await expect.visible(page.getByText(`${light}：处置不超过 2 个工作日`))
  await page.getByRole('button', { name: begins('建立时限') }).click()
  await expect.url(page, /limits\/(?!new)\w+$/)
  await expect.visible(page.getByRole('link', { name: new RegExp(`^${light}.*2 个工作日`) }))
}

async function fill(page, number) {
  await page.getByLabel('时限', { exact: true }).fill(number)
  await page.getByLabel('怎么算').selectOption({ label: '工作日' })
  await page.getByLabel(begins('类别')).selectOption('environment.light')
  await page.getByLabel('紧急程度').selectOption('general')
}

async function tries(page, expect, amount, due) {
  await page.getByRole('link', { name: '试一试' }).click()
  const imagined = page.getByRole('article')
  await imagined.getByLabel(begins('类别')).selectOption('environment.light')
  await imagined.getByLabel(begins('开始时间')).fill(before.day)
  const row = imagined.getByRole('row', { name: begins('处置') })
  await expect.text(row, amount)
  await expect.text(row, due)
  await expect.visible(row.getByRole('link', { name: light }))
}

async function refusesTheSame(page, expect) {
  await page.getByRole('link', { name: '新建时限' }).click()
  await expect.visible(page.getByRole('heading', { name: '新建时限' }))
  await fill(page, '3')
  await page.getByRole('button', { name: begins('建立时限') }).click()
  await expect.visible(page.getByText('同样条件的时限在这段时间里已经有一条'))
  await page.getByRole('button', { name: '取消' }).click()
  await expect.url(page, /limits$/)
}

/** Turns the calendar to a year, whichever it is now. */
async function turnTo(page, expect, year) {
  const heading = page.getByRole('heading', { name: /^\d{4} 年$/ })
  await expect.visible(heading)
  for (;;) {
    const now = parseInt(await heading.innerText(), 10)
    if (now === year) return
    await page.getByRole('button', { name: now < year ? '下一年' : '上一年' }).click()
    await expect.text(heading, `${now + Math.sign(year - now)} 年`)
  }
}

/** Friday 25 December becomes a day off; with the keyboard, from the day before. */
async function marks(page, expect) {
  const day = page.getByRole('button', { name: /12月25日/ })
  await page.getByRole('button', { name: /12月24日/ }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(begins('放假')).check()
  await dialog.getByLabel(begins('名称')).fill('迁址')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect.hidden(dialog)
  await expect.visible(page.getByRole('button', { name: /12月25日.*放假.*迁址/ }))
  await expect.text(day, '休')
}

async function imports(page, expect) {
  const choose = rows => page.getByLabel(begins('选择文件')).setInputFiles({ name: '2027.csv', mimeType: 'text/csv', buffer: Buffer.from(['日期,类型,名称', ...rows].join('\n')) })
  await choose(['2027-01-01,休,元旦', '2027-01-32,休,元旦'])
  await expect.visible(page.getByText('有 1 行需要修改'))
  await expect.visible(page.getByText('“2027-01-32”不是日期'))
  await choose(['2027-01-01,休,元旦', '2027-01-03,班,元旦补班'])
  await expect.visible(page.getByText('2027 年：放假 1 天，补班 1 天。'))
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await expect.visible(page.getByRole('heading', { name: '2027 年' }))
  await expect.text(page.getByRole('button', { name: /1月3日.*补班/ }).first(), '班')
}
