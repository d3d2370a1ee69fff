import { deskOf } from '../lib/desk.mjs'
import { photo } from '../lib/photo.mjs'
import { phoneOf } from '../lib/phone.mjs'

export const name = 'construction waste at building 17: a resident tells it, the grid worker handles it the same day without a department, another checks, the resident reads it'

/** Told apart from what an earlier run left on the same server. */
const once = Date.now() % 100_000
const words = `17 栋楼下 ${once} 有装修垃圾堆了两天，挡住单元门`

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const { account } = await (await api.as('worker')).get('/api/v1/session')
  const { area, unit } = account.posts.find(post => post.current && post.area && post.unit)
  const { lon, lat } = await (await api.as('admin')).get(`/api/v1/areas/${area.id}`)
  const position = { longitude: lon, latitude: lat, accuracy: 12 }
  const code = await told({ browser, expect, position })

  const find = async () => (await officer.get('/api/v1/incidents?queue=todo&limit=50')).items.find(one => one.text === words)
  const { id } = await expect.eventually(async () => {
    const found = await find()
    expect.ok(found, 'the desk has it')
    return found
  })
  const page = await browser.open({ path: `/m/orders/${id}`, viewport: 'phone', as: 'worker', position })
  const phone = phoneOf(page)
  await phone.main.getByRole('button', { name: '自行处置' }).first().click()
  const form = phone.main.getByRole('region', { name: '自行处置' })
  await form.getByLabel(/处置结果/).fill('联系装修户清走，地面扫净')
  await form.getByLabel(/处置后照片/).setInputFiles(await photo(page, { name: 'after.jpg' }))
  await expect.visible(form.getByRole('img', { name: /照片 1/ }), 20_000)
  await form.getByRole('button', { name: '自行处置', exact: true }).click()
  await expect.text(phone.main.getByRole('region', { name: '办理进度' }), '联系装修户清走')
  expect.equal(await phone.main.getByRole('button', { name: '核查通过' }).count(), 0, 'nobody checks their own work')
  await shot(page, 'handled')

  const supervisor = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'supervisor' }))
  await supervisor.says('已办结，请核查')
  await supervisor.act('核查通过')
  const duty = deskOf(await browser.open({ path: `/desk?open=${id}`, as: 'duty' }))
  await duty.says('请答复反映人并结案')
  await duty.act('答复并结案', answer => answer.getByLabel('答复内容').fill('装修垃圾已当天清走，已提醒住户装袋定点堆放。'))
  await duty.says('已结案')

  const resident = await browser.open({ path: `/track/${code}`, viewport: 'phone' })
  const letter = resident.getByRole('article')
  await expect.text(letter, '当场办理')
  await expect.text(letter, '装修垃圾已当天清走')
  await shot(resident, 'letter')
  const { orders, received_at, closed_at } = await officer.get(`/api/v1/incidents/${id}`)
  expect.deepEqual(orders.map(order => order.unit.name), [unit.name], 'no department was sent')
  const day = time => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai' }).format(time)
  if (closed_at) expect.equal(day(closed_at), day(received_at), 'on the same day')
}

/** On the resident's phone, with the place where it stands. */
async function told({ browser, expect, position }) {
  const page = await browser.open({ path: '/report/appeal', viewport: 'phone', position })
  const next = page.getByRole('button', { name: '下一步', exact: true })
  await page.getByLabel('拍照或选图').setInputFiles(await photo(page))
  await next.tap()
  await page.getByRole('button', { name: '我的位置' }).tap()
  await expect.visible(page.getByText(/地点：.*附近|地点已选好/))
  await page.getByLabel('补充说明').fill('17 栋')
  await next.tap()
  await page.getByLabel('发生了什么？').fill(words)
  await page.getByRole('button', { name: '提交' }).tap()
  const code = page.getByTestId('code')
  await expect.visible(code)
  return (await code.innerText()).trim()
}
