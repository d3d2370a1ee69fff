// Where the keyboard is, as a person without a mouse needs to know it.
import { expect } from './expect.mjs'

/** Waits until an element has the focus. */
export const focused = locator =>
  expect.eventually(async () => expect.ok(await locator.first().evaluate(element => element === document.activeElement), 'it has the focus'))

/** Fails when the element that has the focus does not show it. */
export async function showsFocus(page) {
  const look = await page.evaluate(() => {
    const element = document.activeElement
    const marks = []
    // A field inside a label, or a hidden file input, may be drawn by what surrounds it.
    for (let one = element, i = 0; one && i < 3; one = one.parentElement, i++) {
      const style = getComputedStyle(one)
      marks.push((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none')
    }
    return { name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent ?? ''}`.trim().slice(0, 60), marks, body: element === document.body }
  })
  expect.ok(!look.body, 'something has the focus')
  expect.ok(look.marks.some(Boolean), `the focus on ${look.name} can be seen`)
}
