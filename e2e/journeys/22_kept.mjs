import { deskOf } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'what one set and wrote is found again: views and filters after a reload and at another computer, words after the back button and the end of a session, and whom to call again'

export async function run({ browser, api, expect, shot, base }) {
  await views({ browser, expect, shot })
  await drafts({ browser, api, expect, shot, base })
  await callBack({ browser, api, expect, shot })
}

async function views({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk', as: 'leader' })
  const desk = deskOf(page)
  await desk.ready()
  await page.getByRole('navigation', { name: '工作队列' }).getByRole('button', { name: /^\s*全部今日/ }).click()
  await page.keyboard.press('f')
  const filters = page.getByRole('region', { name: '筛选条件' })
  await filters.getByLabel('严重程度').selectOption('major')
  await shot(page, 'filters')
  await sound(page)
  await page.keyboard.press('Escape')
  const mine = page.getByRole('group', { name: '我的视图' })
  await mine.getByRole('button', { name: '存为视图' }).click()
  const dialog = page.getByRole('dialog', { name: '把现在的条件存为视图' })
  await dialog.getByLabel('视图名称').first().fill('今日重大')
  const saved = page.waitForResponse(response => response.url().endsWith('/preferences/views') && response.ok())
  await dialog.getByRole('button', { name: '保存' }).click()
  const view = mine.getByRole('button', { name: '今日重大' })
  await expect.visible(view)
  await saved

  await page.reload()
  await desk.ready()
  expect.equal(await view.getAttribute('aria-pressed'), 'true')
  await expect.visible(page.getByRole('button', { name: /全部今日/ }).and(page.locator('[aria-current=true]')))
  await shot(page, 'view')

  // Another computer.
  const other = await browser.open({ path: '/desk', as: 'leader' })
  const there = other.getByRole('group', { name: '我的视图' }).getByRole('button', { name: '今日重大' })
  await expect.visible(there)
  await there.click()
  await expect.eventually(async () => expect.equal(await there.getAttribute('aria-pressed'), 'true'))
  const kept = other.waitForResponse(response => response.url().endsWith('/preferences/desk') && response.ok())
  const todo = other.getByRole('navigation', { name: '工作队列' }).getByRole('button', { name: /^\s*要我做的/ })
  await todo.click()
  await todo.click()
  await kept
}

const words = '已电话联系物业，约下午三点到场'

async function drafts({ browser, api, expect, shot, base }) {
  const officer = await api.as('duty')
  const { id, number, title } = await officer.post('/api/v1/incidents', { text: '望江亭护栏松动', channel: 'hotline', lon: 104.0755, lat: 30.7 })
  const page = await browser.open({ path: '/desk', as: 'duty', expected: [/status of 401/] })
  const desk = deskOf(page)
  await desk.ready()
  await desk.openNew(title)
  await desk.start('补充记录')
  await desk.next.getByLabel('内容').fill(words)

  await page.goBack()
  await expect.hidden(page.getByRole('article').getByRole('button', { name: number }))
  await expect.text(desk.row(title), '有未发内容')
  await page.reload()
  await desk.open({ id, number })
  const strip = desk.next.getByRole('list', { name: '没有发出的内容' })
  await expect.text(strip, words)
  await shot(page, 'draft')
  await sound(page)
  await strip.getByRole('button', { name: '继续' }).click()
  expect.equal(await desk.next.getByLabel('内容').inputValue(), words)

  const ended = await page.context().request.delete('/api/v1/session', { headers: { origin: base } })
  expect.ok(ended.ok(), 'the session is over')
  const dialog = page.getByRole('dialog', { name: '请重新登录' })
  await expect.visible(dialog)
  await dialog.getByLabel('账号').fill('duty')
  await dialog.getByLabel('密码', { exact: true }).fill('gezhi-demo')
  await dialog.getByRole('button', { name: '登录' }).click()
  await expect.hidden(dialog)
  await desk.next.getByRole('button', { name: /^\s*补充记录/ }).click()
  await expect.text(desk.timeline, words)
  await expect.hidden(strip)
}

/** Nobody answered: it is called again tomorrow, and everybody sees how often it was tried. */
async function callBack({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const made = await officer.post('/api/v1/incidents', { text: '请问老年证在哪里办', kind: 'enquiry', channel: 'hotline', reporter: { phone: '13800002222' } })
  await officer.act(made.id, 'close', { answer: '请带身份证到街道服务窗口办理。' })
  const page = await browser.open({ path: '/desk', as: 'duty' })
  const desk = deskOf(page)
  await desk.open(made)
  await desk.act('回访', async form => {
    await form.getByLabel('无人接听').check()
    await form.getByRole('button', { name: '明天上午' }).click()
    await shot(page, 'again')
    await sound(page, { dark: false })
  })
  const calls = desk.part('回访')
  await expect.text(calls, '明天 09:30')
  await expect.text(calls, '已打 1 次')
  await expect.text(calls, '无人接听')
}
