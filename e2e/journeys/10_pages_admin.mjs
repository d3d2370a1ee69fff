import { all, sound } from '../lib/pages.mjs'

export const name = 'every page of the administration is accessible in light and dark and fits a narrow window'

const pages = {
  admin: ['', 'units', 'units/new', 'units/import', 'areas', 'areas/new', 'redraws', 'lookup', 'patrols', 'staffing', 'import', 'categories', 'rules'],
  security: ['', 'accounts', 'accounts/new', 'accounts/import', 'roles'],
  audit: ['', 'audit'],
}
/** Lists of which the first thing is opened too. */
const opened = ['units', 'areas', 'patrols', 'categories', 'rules', 'accounts', 'roles']

export async function run({ browser, expect }) {
  const claims = {}
  for (const [as, paths] of Object.entries(pages)) {
    let page
    for (const path of paths) {
      const goes = async () => {
        page ??= await browser.open({ path: '/desk/admin', as })
        await page.goto(`/desk/admin/${path}`)
        await settled(page, expect)
      }
      claims[`${as} ${path || 'overview'}`] = async () => {
        await goes()
        await sound(page)
      }
      if (!opened.includes(path)) continue
      claims[`${as} ${path}, one opened`] = async () => {
        await goes()
        const main = page.getByRole('main')
        await main.locator(`a[href^="/desk/admin/${path}/"]:not([href$="/new"], [href$="/try"], [href$="/import"])`).or(main.locator('thead button')).first().click()
        await expect.visible(main.getByRole('heading', { level: 2 }))
        await settled(page, expect)
        await sound(page)
      }
    }
  }
  await all(claims)
  const english = await browser.open({ path: '/desk/admin/units', as: 'admin', locale: 'en-US' })
  await settled(english, expect)
  await sound(english, { dark: false })
}

/** Waits until nothing is loading. */
async function settled(page, expect) {
  await expect.visible(page.getByRole('heading', { level: 1 }), 20_000)
  await expect.count(page.locator('[aria-busy=true]'), 0)
}
