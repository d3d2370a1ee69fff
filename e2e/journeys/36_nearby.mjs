import { english } from '../lib/language.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'a resident withdraws a report, points at a matter nearby with two taps, and is told whom to call elsewhere'

const report = (more) => ({ text: '桥头路面塌了一块', category: 'environment.road', kind: 'complaint', datum: 'wgs84', ...more })

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const { items } = await officer.get('/api/v1/incidents?limit=50')
  const { lon, lat } = items.find(incident => incident.area?.path.length > 4)
  const first = await api.post('/api/v1/public/reports', report({ lon, lat }))
  await withdraws(await browser.open({ viewport: 'phone', path: `/track/${first.code}` }), expect)

  const known = await api.post('/api/v1/public/reports', report({ lon, lat }))
  for (const locale of ['en-US', 'zh-CN']) {
    const page = await browser.open({ viewport: 'phone', path: '/nearby', position: { longitude: lon, latitude: lat, accuracy: 5 } })
    if (locale === 'en-US') await english(page)
    await page.getByRole('button', { name: /用我的位置查看|Use my position/ }).tap()
    await expect.visible(page.getByRole('button', { name: /道路破损，我也遇到了|Road damage: me too/ }), 20_000)
    await sound(page)
    if (locale === 'zh-CN') await meToo(page, known, { expect, shot })
  }
  await elsewhere(browser, expect, shot)
}

async function withdraws(page, expect) {
  await page.getByRole('button', { name: '撤回这件事' }).tap()
  await sound(page, { narrowToo: false })
  await page.getByLabel('为什么撤回？').fill('已经有人修了')
  await page.getByRole('button', { name: '确定撤回' }).tap()
  await expect.text(page.getByRole('article'), '这件事已撤销')
  await expect.text(page.getByRole('article'), '您撤回了这件事')
  await expect.hidden(page.getByRole('button', { name: '补充情况或照片' }))
}

async function meToo(page, known, { expect, shot }) {
  await shot(page, 'list')
  await page.getByRole('button', { name: '道路破损，我也遇到了' }).first().tap()
  await expect.text(page.getByLabel('发生了什么？').or(page.locator('form')), '您指认附近已有的一件事')
  await page.getByRole('button', { name: '提交' }).dblclick()
  await expect.visible(page.getByTestId('code'))
  await page.getByRole('link', { name: '查看进度' }).tap()
  await expect.text(page.getByRole('article'), /您指认与 \d{6}-\d{4}-\d{4} 是同一件事/)
  expect.ok(known.number, 'its own code, another number')
}

async function elsewhere(browser, expect, shot) {
  const page = await browser.open({ viewport: 'phone', path: '/report/appeal?step=place', position: { longitude: 100.1, latitude: 25.6, accuracy: 5 } })
  await page.getByRole('button', { name: '我的位置' }).tap()
  const notice = page.getByText('这个地点不在我们的服务范围内')
  await expect.visible(notice)
  await expect.visible(page.getByRole('link', { name: '12345' }))
  await sound(page)
  await shot(page, 'outside')
  await expect.visible(page.getByRole('button', { name: '下一步', exact: true }))
}
