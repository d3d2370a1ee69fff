import { clockOf } from '../lib/clock.mjs'
import { everyPage } from '../lib/everypage.mjs'
import { counted, panelsOf } from '../lib/panels.mjs'

export const name = 'the panels of the wall: figures that live, each with its definition, down to a micro-grid and up by the names, readable from afar, and a slot for partners'
export const server = { own: true }
export const limit = 420_000

const partner = 'https://video.example/wall'

export async function run({ browser, api, expect, axe, shot }) {
  await clockOf(api)
  const officer = await api.as('duty')
  await counted(officer)
  const page = await browser.open({ path: '/screen', viewport: 'wide', as: 'leader', expected: [/video\.example/] })
  const wall = panelsOf(page)
  await wall.ready()
  await wall.remember()

  await live({ officer, wall, expect })
  await definitions({ page, wall, expect, axe })
  await down({ officer, page, wall, expect, shot })
  await afar({ page, expect, shot })
  await slot({ api, page, wall, expect, shot })
  await wall.same()
  await everyPage('screen', { browser })
}

/** What is reported stands on the wall a moment later, in the figure, the line of the newest and on the map. */
async function live({ officer, wall, expect }) {
  const before = await wall.count('当日收到')
  const title = '望野社区北门路灯不亮'
  await officer.post('/api/v1/incidents', { text: title, channel: 'hotline', address: '望野社区' })
  await expect.text(wall.newest, title, 30_000)
  await expect.eventually(async () => expect.equal(await wall.count('当日收到'), before + 1), 30_000)
  await wall.newest.getByRole('button', { name: new RegExp(title) }).click()
  await expect.visible(wall.page.getByRole('region', { name: '事件' }).getByText(title))
  await wall.page.keyboard.press('Escape')
}

/** A figure says what it is, by its keys and by a press. */
async function definitions({ page, wall, expect, axe }) {
  const promise = wall.panel('1 分钟派单').getByRole('button', { name: /按时派单率，查看说明/ })
  await promise.focus()
  await expect.text(wall.explained, '按时派单 ÷ 应派单')
  await expect.text(wall.explained, /\d+ ÷ \d+ = [\d.]+/)
  await expect.text(wall.explained, /截至 \d\d:\d\d，第 [\d,]+ 条变化/)
  await axe(page)
  await page.keyboard.press('Escape')
  await expect.hidden(wall.explained)
  await page.keyboard.press('l')
  await expect.visible(page.locator('html[data-theme=light]'))
  await axe(page)
  await page.keyboard.press('l')
  await wall.figure('派单').getByRole('button').click()
  await expect.text(wall.explained, '按第一次派单的日期算')
  await wall.figure('往日未结').getByRole('button').hover()
  await page.keyboard.press('Escape')
}

/** Into a community by its name, on to a micro-grid by the list, and up again; the figures follow. */
async function down({ officer, page, wall, expect, shot }) {
  const whole = await wall.count('当日收到')
  const first = wall.panel(/社区排名/).getByRole('button').first()
  const community = await first.innerText()
  await first.click()
  await expect.text(wall.crumbs, community)
  await expect.url(page, /area=/)
  const part = await officer.get(`/api/v1/figures/board?area=${new URL(page.url()).searchParams.get('area')}`)
  await expect.eventually(async () => expect.equal(await wall.count('当日收到'), part.today.received))
  expect.ok(part.today.received < whole, 'a part is less than the whole')
  for (let level = 0; level < 2; level++) {
    const into = page.getByRole('combobox', { name: '进入下级' })
    const [, name] = await into.locator('option').allInnerTexts()
    await into.selectOption({ label: name })
    // A part is named without what it is a part of, which stands before it.
    await expect.eventually(async () => expect.ok(name.endsWith(await wall.crumbs.locator('[aria-current]').innerText()), name))
  }
  await expect.text(wall.crumbs.locator('[aria-current]'), '微网格')
  await expect.hidden(page.getByRole('combobox', { name: '进入下级' }))
  await shot(page, 'microgrid')
  await page.keyboard.press('Escape')
  await wall.crumbs.getByRole('button', { name: community }).click()
  await expect.text(wall.crumbs.locator('[aria-current]'), community)
  await page.keyboard.press('ArrowUp')
  await expect.eventually(async () => expect.equal(await wall.count('当日收到'), whole))
}

/** Nothing of the wall scrolls, and no word on it is smaller than a fortieth of its height. */
async function afar({ page, expect, shot }) {
  const before = page.viewportSize()
  for (const [width, height] of [[1366, 768], [2560, 1440], [3840, 2160], [1920, 1080]]) {
    await page.setViewportSize({ width, height })
    const look = () => page.evaluate(() => {
      const small = []
      for (const element of document.querySelectorAll('main *')) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        if (!own || element.closest('.sr-only, .maplibregl-map, option, nav.into') || element.matches('i')) continue
        const size = parseFloat(getComputedStyle(element).fontSize)
        if (size < innerHeight / 40 - 0.5) small.push(`${element.tagName}.${element.className} ${size} ${element.textContent.slice(0, 20)}`)
      }
      const { scrollHeight, scrollWidth } = document.scrollingElement
      return { small, over: [scrollWidth - innerWidth, scrollHeight - innerHeight].map(n => Math.max(0, n)) }
    })
    await expect.eventually(async () => expect.deepEqual(await look(), { small: [], over: [0, 0] }, `${width}x${height}`))
    await shot(page, `at-${width}`)
  }
  await page.setViewportSize(before)
}

/** What the administrators allow can stand in the slot, marked with its network; nothing else can. */
async function slot({ api, page, wall, expect, shot }) {
  await page.route('https://video.example/**', route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<h1>视频墙</h1>' }))
  await (await api.as('admin')).put('/api/v1/screen/pages', { items: [{ name: '雪亮视频墙', url: partner, network: 'police' }] })
  await page.reload()
  await wall.ready()
  await wall.remember()
  await page.getByRole('button', { name: '大屏设置' }).click()
  const menu = page.getByRole('dialog', { name: '大屏设置' })
  await menu.getByRole('combobox', { name: '分屏位置' }).selectOption({ label: '放在右边' })
  await page.keyboard.press('Escape')
  const place = page.getByRole('region', { name: '分屏' })
  await expect.visible(place.getByText('这里可以放视频和合作单位的页面'))
  await place.getByRole('button', { name: '大屏设置' }).click()
  await menu.getByRole('checkbox', { name: /雪亮视频墙/ }).check()
  await page.keyboard.press('Escape')
  await expect.text(place, '公安网')
  await expect.visible(place.frameLocator('iframe').getByText('视频墙'))
  await shot(page, 'slot')
  await page.getByRole('button', { name: '大屏设置' }).first().click()
  await menu.getByRole('combobox', { name: '分屏位置' }).selectOption({ label: '不分屏' })
  await page.keyboard.press('Escape')
}
