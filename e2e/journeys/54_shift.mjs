import { english } from '../lib/language.mjs'
import { sound } from '../lib/pages.mjs'
import { phoneOf, standing } from '../lib/phone.mjs'

export const name = 'an officer plans a night and carries it forward, a shift hands over to the next, and a worker shares a position on duty only'
export const server = { own: true }

export async function run({ browser, api, expect, shot }) {
  const desk = await browser.open({ path: '/desk/duty', as: 'duty', expected: [/status of 422/] })
  await expect.visible(desk.getByRole('region', { name: '锦云街道基层治理中心' }).getByText('带班'))
  await sound(desk)
  await shot(desk, 'on-duty')
  await plans({ desk, expect, shot })
  await handsOver({ browser, desk, expect, shot })
  await worker({ browser, api, desk, expect, shot })
}

const dayIn = days => new Date(Date.now() + (8 + 24 * days) * 3_600_000).toISOString().slice(0, 10)

/** Plans a night at a unit without a roster, is told of an overlap, and carries the night forward. */
async function plans({ desk, expect, shot }) {
  await desk.goto('/desk/duty/shifts')
  await desk.getByLabel('单位').selectOption({ label: '锦云派出所' })
  const form = desk.getByRole('region', { name: '添加班次' })
  const fill = async title => {
    await desk.getByRole('button', { name: '添加班次', exact: true }).click()
    await form.getByLabel('名称').fill(title)
    await form.getByLabel('日期').fill(dayIn(1))
    await form.getByLabel('开始').fill('22:00')
    await form.getByLabel('结束').fill('06:00')
    await expect.visible(form.getByText('到第二天'))
    await form.getByRole('checkbox').first().check()
    await form.getByRole('button', { name: '保存' }).click()
  }
  await fill('夜间巡逻')
  await expect.hidden(form)
  await fill('加班')
  await expect.text(form.getByRole('alert'), '已排在“夜间巡逻”')
  await sound(desk)
  await shot(desk, 'overlap')
  await form.getByRole('button', { name: '取消' }).click()

  await desk.getByRole('button', { name: '向后复制' }).click()
  const copy = desk.getByRole('region', { name: '向后复制' })
  await copy.getByLabel('以什么为单位').selectOption({ label: '一天' })
  await copy.getByLabel('从哪天开始').fill(dayIn(1))
  await copy.getByLabel('排到哪天').fill(dayIn(4))
  await copy.getByRole('button', { name: '开始复制' }).click()
  await expect.text(copy.getByRole('status'), '新排了 3 班')
}

/** The officer signs the present shift over, and the leader signs for the next. */
async function handsOver({ browser, desk, expect, shot }) {
  await desk.goto('/desk/duty/handover')
  await expect.visible(desk.getByText(/未办结.*件，其中紧急/).first())
  await desk.getByLabel('要交代的事').fill('三号桥积水，等排水队回话。')
  await desk.getByRole('button', { name: '签字交班' }).click()
  await expect.visible(desk.getByText('唐知微 已签字，等接班人签字').first())
  const link = await desk.getByRole('region', { name: '以前的交接' }).getByRole('link').first().getAttribute('href')
  const next = await browser.open({ path: link, as: 'leader' })
  await expect.visible(next.getByText('三号桥积水，等排水队回话。'))
  await next.getByLabel('接班人的话').fill('知道了')
  await next.getByRole('button', { name: '签字接班' }).click()
  await expect.text(next.getByRole('article'), '古道新')
  await expect.hidden(next.getByRole('button', { name: '签字接班' }))
  await shot(next, 'handover')
  await english(next)
  await sound(next)
}

/** A worker goes off duty and on again; the position is known only then. */
async function worker({ browser, api, desk, expect, shot }) {
  const page = await browser.open({ path: '/m/duty', viewport: 'phone', as: 'worker', position: standing, expected: [/status of 409/] })
  const { main } = phoneOf(page)
  await expect.visible(main.getByText('您的位置已共享给派单人员'))
  await shot(page, 'sharing')
  const officer = await api.as('duty')
  const points = async () => (await officer.get('/api/v1/duty/positions')).items.filter(({ name }) => name === '杜小蘅')
  expect.equal((await points()).length, 1)
  await desk.goto('/desk/duty')
  await expect.visible(desk.getByText(/位置更新于/).first())

  await main.getByRole('button', { name: '下岗', exact: true }).click()
  await expect.visible(main.getByText('现在没有共享您的位置。'))
  expect.equal((await points()).length, 0, 'it is gone at once')
  const me = await api.as('worker')
  const refused = await me.put('/api/v1/me/position', { lon: standing.longitude, lat: standing.latitude }).catch(error => error)
  expect.equal(refused.status, 409)
  await main.getByLabel('上岗多久').selectOption({ label: '4 小时' })
  await sound(page)
  await main.getByRole('button', { name: '上岗', exact: true }).click()
  await expect.visible(main.getByText('您的位置已共享给派单人员'))
}
