// What every page must hold, however it is looked at.
import { axe } from './axe.mjs'
import { expect } from './expect.mjs'

/** A phone held upright, and the desk's screen at 200 %. */
const narrow = { '390 px': { width: 390, height: 844 }, '200 %': { width: 720, height: 450 } }

/** Texts and controls that stand out at the right, where one cannot scroll to. */
function cutOff() {
  const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.clientWidth <= innerWidth
  const own = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || element.matches('input, select, textarea, button')
  const out = []
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect()
    if (!own(element) || box.width < 2 || box.height < 2 || box.right <= innerWidth + 1 || box.left > innerWidth + 400) continue
    if (element.closest('.maplibregl-map, [aria-hidden=true]')) continue
    // What is cut on purpose, with three dots, and what can be scrolled to, is no loss.
    let inside = element.parentElement
    while (inside && !scrolls(inside) && !(getComputedStyle(inside).overflowX === 'hidden' && inside.getBoundingClientRect().right <= innerWidth && inside !== document.body)) inside = inside.parentElement
    if (inside && inside.tagName !== 'MAIN' && !inside.matches('.desk, #app')) continue
    out.push(`${element.tagName.toLowerCase()}.${element.className} "${(element.innerText || element.value || '').slice(0, 30)}" ends at ${Math.round(box.right)}`)
  }
  return out.slice(0, 5)
}

/** Fails where the page is wider than the screen. */
export async function fits(page) {
  const before = page.viewportSize()
  for (const [name, size] of Object.entries(narrow)) {
    await page.setViewportSize(size)
    await expect.eventually(async () => {
      const { wide, across, cut } = await page.evaluate(`({
        wide: document.scrollingElement.scrollWidth - innerWidth,
        across: [...document.querySelectorAll('main')].some(main => main.scrollWidth > main.clientWidth + 1),
        cut: (${cutOff})(),
      })`)
      expect.ok(wide <= 0 && !across, `${page.url()} scrolls sideways at ${name}: ${cut.join('; ')}`)
      expect.deepEqual(cut, [], `${page.url()} is cut off at ${name}`)
    }, 3000)
  }
  await page.setViewportSize(before)
}

/** Turns the light on or off. */
const turn = (page, colorScheme) => page.emulateMedia({ colorScheme })

/** Accessibility in light and dark, and no sideways scrolling. */
export async function sound(page, { dark = true, narrowToo = true } = {}) {
  await axe(page)
  if (dark) {
    await turn(page, 'dark')
    await axe(page)
    await turn(page, 'light')
  }
  if (narrowToo) await fits(page)
}

/** Runs all claims and reports every one that fails, at once and at the end, and not the first alone. */
export async function all(claims) {
  const failed = []
  for (const [name, claim] of Object.entries(claims)) {
    await claim().catch(error => {
      failed.push(`${name}: ${error.message}`)
      console.log(`# ${failed.at(-1)}`)
    })
  }
  expect.ok(failed.length === 0, failed.join('\n\n'))
}
