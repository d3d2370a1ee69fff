// The list of all pages, pages.json, looked at in both languages and both themes. A unit test of the web application
// compares the list with the routers, so that a new page is never left out.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from './expect.mjs'
import { all, sound } from './pages.mjs'

const faces = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'pages.json'), 'utf8'))
const languages = ['zh-CN', 'en-US']

/** Waits until the page has its content and nothing is loading. */
async function settled(page, ready = 'h1') {
  await expect.visible(page.locator(`:is(${ready}):visible`), 20_000)
  await expect.count(page.locator('[aria-busy=true]'), 0, 20_000)
}

/** The address with what stands in braces looked up. */
async function filled(address, things) {
  const wanted = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  let out = address
  for (const name of wanted) out = out.replace(`{${name}}`, await things[name]())
  return out
}

/**
 * Claims for every page of a face: accessible in light and dark, in Chinese and English, and no wider than a narrow window.
 * @param {'desk' | 'admin' | 'phone' | 'resident'} face
 * @param {{browser: object, viewport?: 'desk' | 'phone', position?: object, things?: Record<string, () => Promise<string>>,
 *   also?: (page) => Promise<void>}} options `things` finds what the braces stand for; `also` is claimed of every page too
 */
export async function everyPage(face, { browser, viewport = 'desk', position, things = {}, also = async () => {} }) {
  const visits = Object.values(faces[face]).flat()
  const lanes = languages.map(async locale => {
    const claims = {}
    const pages = new Map()
    const pageOf = async as => {
      if (!pages.has(as)) pages.set(as, await browser.open({ path: 'about:blank', viewport, as, locale, position, expected: [/status of 40[14]/] }))
      return pages.get(as)
    }
    for (const { as, path: address, ready } of visits) {
      claims[`${address} of ${as ?? 'anybody'} in ${locale}`] = async () => {
        const page = await pageOf(as)
        await page.goto(await filled(address, things), { waitUntil: 'domcontentloaded' })
        await settled(page, ready)
        await sound(page)
        await also(page)
      }
    }
    await all(claims)
  })
  const ended = await Promise.allSettled(lanes)
  const failed = ended.filter(one => one.status === 'rejected').map(one => one.reason.message)
  expect.ok(failed.length === 0, failed.join('\n\n'))
}
