import { english } from '../lib/language.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'a visitor draws a number, two windows never call the same one, the clerk takes the matter in and prints the slip'

export async function run({ browser, api, expect, shot }) {
  const kiosk = await browser.open({ path: '/desk/window/kiosk', as: 'window' })
  await sound(kiosk)
  await kiosk.getByRole('button', { name: /综合服务/ }).click()
  const drawn = (await kiosk.getByTestId('drawn').innerText()).trim()
  expect.match(drawn, /^A\d{3}$/)
  await shot(kiosk, 'kiosk')
  // Soon after midnight nobody of the demo's visitors has come yet.
  const clerk = await api.as('window')
  for (let n = 0; n < 4; n++) await clerk.post('/api/v1/window/numbers', { kind: 'general' })

  const one = await atWindow(browser, 'window', 1, expect)
  const two = await atWindow(browser, 'duty', 2, expect)
  const labels = []
  for (let turn = 0; turn < 2; turn++) {
    await Promise.all([one, two].map(page => page.getByRole('button', { name: '叫下一位' }).click()))
    for (const page of [one, two]) {
      await expect.visible(page.getByRole('button', { name: '开始办理' }))
      labels.push(await page.getByTestId('current').innerText())
      if (turn === 0) await serveAndEnd(page, expect)
    }
  }
  expect.equal(new Set(labels).size, 4, `each number once: ${labels}`)
  expect.deepEqual([...labels].sort(), labels.toSorted(), 'and in the order in which they were drawn')

  await intake(one, expect, shot)
  const screen = await browser.open({ path: '/desk/window/display', as: 'window' })
  await english(screen)
  await expect.text(screen.getByRole('list').first(), labels[3])
  await sound(screen)
  await pages(browser, api, expect)
}

/** Opens the clerk's page at a counter, and ends with whoever the demo's own day has left there at this hour. */
async function atWindow(browser, login, counter, expect) {
  const page = await browser.open({ path: '/desk/window', as: login })
  const choice = page.getByLabel('我的窗口')
  await expect.visible(choice)
  await choice.selectOption({ index: counter - 1 })
  const button = name => page.getByRole('button', { name, exact: true })
  const [next, begin, end] = ['叫下一位', '开始办理', '办结'].map(button)
  await expect.visible(next.or(begin).or(end))
  if (await begin.isVisible()) await begin.click()
  await expect.visible(next.or(end))
  if (await end.isVisible()) await end.click()
  await expect.visible(next)
  return page
}

async function serveAndEnd(page, expect) {
  await page.getByRole('button', { name: '开始办理' }).click()
  await page.getByRole('button', { name: '办结', exact: true }).click()
  await expect.visible(page.getByRole('button', { name: '叫下一位' }))
}

async function intake(page, expect, shot) {
  await page.getByRole('button', { name: '再叫一次' }).click()
  await expect.visible(page.getByText('叫了 2 次'))
  await page.getByRole('button', { name: '开始办理' }).click()
  await page.getByRole('button', { name: '登记事项' }).click()
  await page.getByLabel('姓名').fill('孟听雨')
  await page.getByLabel('电话').fill('13800007737')
  await page.getByLabel('反映的内容').fill('想咨询居住证在哪里续签')
  await sound(page)
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect.text(page.getByTestId('slip-code'), /^[0-9A-Z]{4}(-[0-9A-Z]{4})+/)
  await shot(page, 'slip')
  await expect.visible(page.getByRole('link', { name: /已登记为 \d{6}-/ }))
  await page.getByRole('button', { name: '办结', exact: true }).click()
}

/** The clerk's page in English, and the administrator's list of windows. */
async function pages(browser, api, expect) {
  const clerk = await browser.open({ path: '/desk/window', as: 'window' })
  await english(clerk)
  await expect.visible(clerk.getByRole('button', { name: /Call the next|Begin|Done/ }), 20_000)
  await sound(clerk)
  for (const locale of ['zh-CN', 'en-US']) {
    const admin = await browser.open({ path: '/desk/window/manage', as: 'admin' })
    if (locale === 'en-US') await english(admin)
    await admin.getByRole('button', { name: /添加窗口|Add a window/ }).click()
    await sound(admin)
  }
}
