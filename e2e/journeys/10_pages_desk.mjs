import { all, sound } from '../lib/pages.mjs'

export const name = 'every page of the desk is accessible in light and dark and fits a narrow window'

export async function run({ browser, api, expect }) {
  const officer = await api.as('duty')
  const { items } = await officer.get('/api/v1/incidents?state=in_progress&limit=1')
  const signin = await browser.open({ path: '/desk/signin', expected: [/status of 401/] })
  await expect.visible(signin.getByText('演示账号'))
  const page = await browser.open({ path: '/desk', as: 'duty' })
  const goes = async path => {
    await page.goto(path)
    await expect.visible(page.getByRole('listbox').or(page.getByRole('article')).first(), 20_000)
  }
  const call = async () => {
    await page.getByRole('button', { name: /^\s*新来电/ }).click()
    await expect.visible(page.getByRole('region', { name: '登记' }))
  }
  await all({
    'sign-in': () => sound(signin),
    setup: async () => {
      await signin.goto('/setup')
      await expect.visible(signin.getByText('初始设置已经完成'))
      await sound(signin)
    },
    queue: async () => {
      await goes('/desk')
      await sound(page)
    },
    detail: async () => {
      await goes(`/desk?open=${items[0].id}`)
      await expect.visible(page.getByRole('region', { name: '派遣单' }))
      await expect.visible(page.getByRole('region', { name: '下一步' }).getByRole('button').first())
      await sound(page)
    },
    form: async () => {
      await page.getByRole('region', { name: '下一步' }).getByRole('button', { name: /^\s*补充记录/ }).click()
      await expect.visible(page.getByRole('region', { name: '下一步' }).locator('form'))
      await sound(page)
    },
    call: async () => {
      await goes('/desk')
      await call()
      await sound(page)
      await page.keyboard.press('Escape')
    },
    search: async () => {
      await goes('/desk/search')
      await page.getByRole('button', { name: /^\s*筛选/ }).click()
      await sound(page)
    },
    map: async () => {
      await goes('/desk/map')
      await expect.visible(page.getByRole('navigation', { name: '地图上显示' }))
      await sound(page)
    },
    keys: async () => {
      await page.keyboard.press('?')
      await expect.visible(page.getByRole('dialog', { name: '快捷键' }))
      await sound(page)
    },
    english: async () => {
      const there = await browser.open({ path: `/desk?open=${items[0].id}`, as: 'duty', locale: 'en-US' })
      await expect.visible(there.getByRole('article'))
      await expect.visible(there.getByRole('listbox'))
      await sound(there, { dark: false })
    },
  })
}
