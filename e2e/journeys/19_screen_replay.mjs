import { wallOf } from '../lib/wall.mjs'

export const name = 'the wall: a day once more, by slider, keys and play, and back to the live picture by one press'

export async function run({ browser, expect, axe, shot }) {
  const wall = await wallOf(browser, expect)
  const { page } = wall
  await page.keyboard.press('r')
  const bar = page.getByRole('region', { name: '回放' })
  await expect.visible(bar)
  await expect.visible(page.locator('.wall-map[data-replay=there]'))

  // Yesterday is whole: at its first minute less had been closed than at its last.
  const day = bar.getByLabel('日期')
  const today = await day.inputValue()
  const yesterday = new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  await day.fill(yesterday)
  await expect.visible(page.locator('.wall-map[data-replay=there]'))
  const slider = bar.getByRole('slider')
  const closed = async () => Number(/已结 (\d+)/.exec(await bar.getByRole('status').textContent())?.[1] ?? -1)
  await slider.focus()
  await page.keyboard.press('Home')
  await expect.text(bar.locator('.time'), '00:00')
  await wall.until(async () => (await closed()) >= 0, 'the first minute is counted')
  const first = await closed()
  await page.keyboard.press('End')
  await wall.until(async () => (await closed()) > first, 'more was closed by the end of the day')
  await shot(page, 'yesterday')

  // By keys and by itself.
  await page.keyboard.press('Home')
  await slider.blur()
  await page.keyboard.press('Shift+ArrowRight')
  await expect.text(bar.locator('.time'), '01:00')
  await page.keyboard.press('ArrowLeft')
  await expect.text(bar.locator('.time'), '00:55')
  await page.keyboard.press('Space')
  await expect.visible(bar.getByRole('button', { name: '暂停' }))
  await wall.until(async () => (await bar.locator('.time').textContent()) > '01:20', 'it plays')
  await page.keyboard.press('Space')
  await expect.visible(bar.getByRole('button', { name: '播放' }))
  await axe(page, { exclude: ['.maplibregl-ctrl-attrib'] })

  await bar.getByRole('button', { name: '回到实时' }).click()
  await expect.hidden(bar)
  await expect.hidden(page.locator('.wall-map[data-replay]'))
}
