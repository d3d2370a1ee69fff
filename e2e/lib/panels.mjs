// The panels of the wall as somebody in front of it reads them.
import { expect } from './expect.mjs'

/** Waits until everything of before has been counted: a fresh store is still at it when the server is ready. */
export const counted = person =>
  expect.eventually(async () => expect.equal((await person.get('/api/v1/figures/board')).filling, false), 60_000)

/** A page that shows the wall. */
export function panelsOf(page) {
  const figure = name => page.locator('.today > div').filter({ has: page.locator('dt', { hasText: name }) }).locator('dd')
  const number = locator => locator.locator('.number').innerText()
  return {
    page, figure,
    crumbs: page.getByRole('navigation', { name: '所在区域' }),
    notices: page.locator('.notices'),
    state: page.locator('.head .state'),
    explained: page.locator('aside.definition'),
    newest: page.getByRole('region', { name: '最新' }),
    panel: name => page.getByRole('region', { name }),
    /** Waits until there are figures, and the map has its points. */
    ready: async () => {
      await expect.text(figure('当日收到'), /^\d/, 30_000)
      await expect.visible(page.locator('.wall-map .maplibregl-canvas'), 30_000)
    },
    /** A figure as a number, without the marks between thousands. */
    count: async name => Number((await number(figure(name))).replaceAll(/\D/g, '')),
    /** Marks the page, so that a reload shows. */
    remember: () => page.evaluate(() => (window.sameTab = true)),
    same: async () => expect.equal(await page.evaluate(() => window.sameTab), true, 'without a reload'),
  }
}
