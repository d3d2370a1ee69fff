// What the scripts that take the README's pictures share.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from './expect.mjs'
import { shrink } from './png.mjs'

const folder = path.join(import.meta.dirname, '../../docs/img')

/** Waits until the maps and photos on the page are drawn. */
export async function drawn(page) {
  await page.waitForLoadState('networkidle')
  await expect.hidden(page.getByText('正在加载'))
  await settled(page)
}

/** Waits until every picture is there and the page has been drawn many times since; for pages that never stop asking. */
export async function settled(page) {
  await expect.eventually(async () =>
    expect.ok(await page.evaluate(() => [...document.images].every(image => image.complete && image.naturalWidth > 0)), 'every picture is there'))
  await page.evaluate(async () => {
    for (let i = 0; i < 90; i++) await new Promise(done => requestAnimationFrame(done))
  })
}

/** Keeps a picture beside the README. */
export async function keep(name, picture) {
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, name), shrink(picture))
}
