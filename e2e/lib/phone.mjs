// The phone as those on the street use it.
import { expect } from './expect.mjs'
import { photo } from './photo.mjs'

/** Where the patrol stands in the demo's street. */
export const standing = { longitude: 104.0755, latitude: 30.7, accuracy: 12 }

/** What a phone says when its network is gone; those journeys expect it. */
export const noSignal = [/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_FAILED|Failed to load resource|status of 40[19]/]

/** A page of the phone. */
export function phoneOf(page) {
  const main = page.getByRole('main')
  const phone = {
    page, main,
    tab: name => page.getByRole('navigation', { name: '主要页面' }).getByText(name, { exact: true }),
    bar: words => page.getByRole('status').getByRole('link').filter({ hasText: words }),
    card: id => main.getByRole('article').filter({ has: page.locator(`a[href="/m/orders/${id}"]`) }),
    button: name => main.getByRole('button', { name, exact: true }),
    ready: () => expect.visible(main.getByRole('heading', { level: 1 })),
    /** Taps 上报 as one does: the camera opens from the same touch. */
    async shoot(size) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), phone.tab('上报').click()])
      await chooser.setFiles(await photo(page, size))
      await expect.visible(main.getByRole('img', { name: /照片 1/ }), 30_000)
    },
  }
  return phone
}
