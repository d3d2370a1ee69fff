import { photo } from '../lib/photo.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'a resident reports with photo and place, adds to it, finds it not solved, and has it handled again'

const words = '河边步道的护栏松了一截，孩子老去扶'

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const page = await browser.open({ viewport: 'phone', position: await somewhere(officer) })
  await page.getByRole('link', { name: /^反映/ }).tap()
  await page.getByLabel('拍照或选图').setInputFiles(await photo(page, { name: '护栏.jpg' }))
  await page.getByRole('button', { name: '下一步', exact: true }).tap()
  await page.getByRole('button', { name: '我的位置' }).tap()
  await expect.visible(page.getByText(/地点：.*附近|地点已选好/))
  await page.getByRole('button', { name: '下一步', exact: true }).tap()
  await page.getByLabel('发生了什么？').fill(words)
  await page.getByRole('radio', { name: '安全隐患' }).check()
  await expect.visible(page.locator('form').getByRole('link', { name: /120/ }))
  await page.getByRole('button', { name: '提交' }).tap()

  await expect.visible(page.getByRole('heading', { name: '已收到' }))
  const code = (await page.getByTestId('code').innerText()).trim()
  await page.reload()
  await expect.text(page.getByTestId('code'), code)
  await page.getByLabel('在这台设备上记住查询码').check()
  await shot(page, 'code')
  await page.getByRole('link', { name: '查看进度' }).tap()

  const letter = page.getByRole('article')
  await page.getByRole('button', { name: '补充情况或照片' }).tap()
  await page.getByLabel('要补充什么？').fill('今天又松了一截')
  await sound(page)
  await page.getByRole('button', { name: '提交补充' }).tap()
  await expect.text(letter, '您作了补充')
  await expect.text(letter, '今天又松了一截')

  const id = await closed(officer, words)
  await page.goto('/')
  await page.getByRole('link', { name: new RegExp(words.slice(0, 8)) }).tap()
  await page.getByLabel('没有解决', { exact: true }).check()
  await page.getByLabel('非常不满意', { exact: true }).check()
  await page.getByLabel('哪里没有解决？').fill('只拧了一头')
  await sound(page)
  await page.getByRole('button', { name: '提交评价，并要求重新办理' }).tap()
  await expect.text(letter, '您认为没有解决，已重新办理')
  await expect.text(letter, '已受理')
  await shot(page, 'letter')
  const again = await officer.get(`/api/v1/incidents/${id}`)
  expect.equal(again.state, 'accepted')
  expect.ok(again.flags.includes('reopened'), 'the desk sees that it came back')

  await page.goto('/')
  await page.getByRole('button', { name: /忘记/ }).first().tap()
  await expect.hidden(page.getByText('我在这台设备上提交过的'))
}

/** A place that the demo's street looks after. */
async function somewhere(officer) {
  const { items } = await officer.get('/api/v1/incidents?limit=50')
  const { lon, lat } = items.find(incident => incident.area?.path.length > 4)
  return { longitude: lon, latitude: lat, accuracy: 5 }
}

/** What the street does meanwhile. */
async function closed(officer, text) {
  const { items } = await officer.get('/api/v1/incidents?queue=today&limit=50')
  const { id } = items.find(incident => incident.text === text)
  const worker = await officer.as('department')
  const { items: units } = await officer.get('/api/v1/units?q=' + encodeURIComponent('市政') + '&limit=5')
  const { orders } = await officer.act(id, 'dispatch', { unit: units[0].id })
  const order = orders.at(-1).id
  await worker.act(id, 'accept_order', { order })
  await worker.act(id, 'handle', { order, result: '护栏螺栓已拧紧' })
  await (await officer.as('supervisor')).act(id, 'check_pass')
  await officer.act(id, 'close', { answer: '护栏已加固，谢谢您。' })
  return id
}
