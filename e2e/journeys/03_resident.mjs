import { photo } from '../lib/photo.mjs'

export const name = 'a resident reports on the phone with photo and place, follows it by its code, reads the answer as a letter and rates it'

const words = '晴岚园北门的路灯坏了一排，晚上走路看不清台阶'

export async function run({ browser, api, expect, shot }) {
  const page = await browser.open({ viewport: 'phone' })
  await page.getByRole('link', { name: /^反映/ }).tap()

  await expect.visible(page.getByRole('heading', { name: '拍张照片' }))
  const file = await photo(page, { name: '路灯.jpg' })
  await page.getByLabel('拍照或选图').setInputFiles(file)
  await page.getByRole('button', { name: '下一步', exact: true }).tap()

  await place(page, expect)
  await page.getByLabel('补充说明').fill('北门台阶旁')
  await page.getByRole('button', { name: '下一步', exact: true }).tap()

  const text = page.getByLabel('发生了什么？')
  await text.fill(words)
  await page.reload()
  expect.equal(await page.getByLabel('发生了什么？').inputValue(), words, 'a reload loses nothing')
  await page.getByLabel('称呼').fill('小陶')
  await page.getByLabel('电话').fill('13800007704')
  await shot(page, 'words')
  await page.getByRole('button', { name: '提交' }).tap()
  await expect.visible(page.getByRole('heading', { name: '已收到' }))
  const code = (await page.getByTestId('code').innerText()).trim()
  await shot(page, 'done')

  await page.getByRole('link', { name: '查看进度' }).tap()
  const letter = page.getByRole('article')
  await expect.text(letter, words)
  await expect.text(letter, '已收到，工作人员正在查看')
  await expect.visible(letter.getByRole('button', { name: /查看第 1 张照片/ }))
  await expect.eventually(async () =>
    expect.ok(await letter.locator('img').first().evaluate(image => image.complete && image.naturalWidth > 0), 'the photo is shown'))

  await closeIt(await api.as('duty'), words)
  await page.goto('/')
  expect.equal(await page.getByText('没写完').count(), 0, 'nothing is kept of what was sent')
  await page.getByLabel('查进度').fill(` ${code.toLowerCase()} `)
  await page.getByRole('button', { name: '查询' }).tap()
  await expect.text(letter, '已办结，答复见下')
  await expect.text(letter, '路灯已更换')
  await expect.text(letter, '已办结并答复')
  await shot(page, 'letter')

  await rate(page, expect)
  await large(page, expect)
  await english(page, expect, shot)
}

/** On the map: by name first, then moved with a finger. */
async function place(page, expect) {
  const search = page.getByRole('combobox')
  await search.fill('晴岚园')
  await page.getByRole('option', { name: '晴岚园' }).first().tap()
  await expect.visible(page.getByText(/地点：.*附近|地点已选好/))
  const here = page.getByRole('button', { name: '就是这里' })
  await expect.visible(here, 20_000)
  const map = page.getByRole('region', { name: /map|地图/i }).or(page.locator('canvas')).first()
  await map.tap({ position: { x: 120, y: 90 } })
  await expect.visible(page.getByText(/地点：.*附近|地点已选好/))
}

/** What the desk does meanwhile: an answer without anybody going there is enough here. */
async function closeIt(officer, text) {
  const { items } = await officer.get('/api/v1/incidents?queue=todo&limit=50')
  const { id } = items.find(incident => incident.text === text)
  const worker = await officer.as('department')
  const { items: units } = await officer.get('/api/v1/units?q=' + encodeURIComponent('市政') + '&limit=5')
  let { orders } = await officer.act(id, 'dispatch', { unit: units[0].id })
  const order = orders.at(-1).id
  ;({ orders } = await worker.act(id, 'accept_order', { order }))
  await worker.act(id, 'handle', { order, result: '更换灯泡六只' })
  const other = await officer.as('supervisor')
  await other.act(id, 'check_pass')
  await officer.act(id, 'close', { answer: '路灯已更换，谢谢您。' })
}

async function rate(page, expect) {
  const send = page.getByRole('button', { name: '提交评价' })
  await send.tap()
  await expect.count(page.getByText('请选择一项。'), 2)
  await page.getByLabel('解决了', { exact: true }).check()
  await page.getByLabel('非常满意', { exact: true }).check()
  await page.getByLabel('还想说的话').fill('修得很快')
  await send.tap()
  await expect.visible(page.getByText('您的评价：解决了'))
  expect.equal(await send.count(), 0, 'it is asked once')
}

async function large(page, expect) {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))
  const before = await size()
  await page.getByRole('button', { name: '大字版' }).tap()
  await expect.eventually(async () => expect.ok((await size()) >= before * 1.25, 'the type is larger'))
  await page.reload()
  await expect.visible(page.getByRole('button', { name: '标准字' }))
  expect.ok((await size()) >= before * 1.25, 'and stays so')
  expect.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing runs off the side')
  await page.getByRole('button', { name: '标准字' }).tap()
}

async function english(page, expect, shot) {
  await page.getByText('中 / EN').tap()
  await page.getByRole('button', { name: 'English' }).tap()
  await expect.visible(page.getByRole('heading', { name: 'Follow a report' }).or(page.getByRole('heading', { level: 1 })))
  await expect.eventually(async () => expect.equal(await page.evaluate(() => document.documentElement.lang), 'en'))
  await page.reload()
  await expect.eventually(async () => expect.equal(await page.evaluate(() => document.documentElement.lang), 'en'))
  const own = await page.evaluate(() => [...document.querySelectorAll('h1, button, legend')].map(element => element.innerText).join(' '))
  expect.ok(!/[\u4e00-\u9fff]/.test(own.replace(/中 \/ EN|中文/g, '')), `English is complete: ${own}`)
  await shot(page, 'english')
}
