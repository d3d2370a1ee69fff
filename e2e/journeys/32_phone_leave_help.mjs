import { noSignal, phoneOf, standing } from '../lib/phone.mjs'

export const name = 'a worker goes on leave and hands over, comes back, and calls for help, which says so while it has not gone out'

export const server = { own: true }

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ path: '/m/me', viewport: 'phone', as: 'station', position: standing, expected: [...noSignal] })
  const phone = phoneOf(page)
  await phone.main.getByRole('link', { name: /请假与移交/ }).click()
  await onLeave({ phone, api, expect, shot })
  await forHelp({ phone, api, expect, shot })
}

async function onLeave({ phone, api, expect, shot }) {
  const { main } = phone
  const me = await api.as('station')
  const delegate = main.getByLabel('代办人')
  await expect.eventually(async () => expect.ok((await delegate.locator('option:not([disabled])').count()) > 1, 'there are colleagues'))
  await delegate.selectOption({ index: 1 })
  const name = await delegate.locator('option:checked').innerText()
  await main.getByRole('button', { name: '保存请假' }).click()
  await expect.text(main.getByRole('status').first(), '正在请假')
  await expect.text(main, `期间派给您的派遣单由 ${name} 接手。`)
  const hand = main.getByRole('region', { name: '移交手上的派遣单' })
  await expect.text(hand, `会转给 ${name}`)
  await shot(phone.page, 'leave')
  await hand.getByRole('button', { name: /现在移交/ }).click()
  await expect.text(hand, '手上没有派遣单', 15_000)
  const { absence } = await me.get('/api/v1/me/absence')
  expect.equal(absence.delegate.name, name)
  await main.getByRole('button', { name: '我回来了' }).click()
  await expect.visible(phone.page.getByText('请假已结束'))
}

async function forHelp({ phone, api, expect, shot }) {
  const { main, page } = phone
  await page.goto('/m/help')
  await expect.text(main, /会带上您的位置/)
  await expect.visible(main.getByRole('link', { name: '打 110' }))
  const hold = main.getByRole('button', { name: /按住 2 秒/ })
  await page.context().setOffline(true)
  await hold.focus()
  await page.keyboard.down('Enter')
  await expect.visible(main.getByText('求助还没有发出。'))
  await page.keyboard.up('Enter')
  await expect.visible(phone.bar('求助还没有发出，请马上打电话'))
  await shot(page, 'help')
  await page.context().setOffline(false)
  await expect.hidden(main.getByText('求助还没有发出。'), 40_000)
  const officer = await api.as('duty')
  const { items } = await officer.get('/api/v1/incidents?severity=emergency&category=worker_help')
  expect.equal(items.length, 1, 'once')
  expect.ok(Math.abs(items[0].lon - standing.longitude) < 1e-4, 'with the position')
}
