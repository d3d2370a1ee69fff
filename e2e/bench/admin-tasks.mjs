// What the clerk does in the administration.
import { begins } from '../lib/desk.mjs'
import { expect } from '../lib/expect.mjs'
import { Person } from './person.mjs'
import { splittable } from '../lib/splittable.mjs'

/** Name, phone, role and area; the account name is proposed. */
export async function account({ browser }) {
  const page = await browser.open({ path: '/desk/admin/accounts', as: 'security' })
  await expect.visible(page.getByRole('table'))
  const person = new Person(page)
  const form = page.getByRole('article')
  await person.step(async () => {
    await person.press('n')
    await person.wait(expect.visible(form.getByLabel('姓名或名称')))
    await person.point(form.getByLabel('姓名或名称'))
    await person.type('沈知秋')
    await person.point(form.getByLabel('电话'))
    await person.type('13800008803')
  })
  await person.step(() => person.choose(form.getByLabel('角色'), { label: '值班员' }))
  await person.step(async () => {
    const box = form.getByRole('combobox', { name: begins('区域') })
    await person.point(box)
    await person.type('锦云街道')
    const option = form.getByRole('option', { name: /锦云街道/ }).first()
    await person.wait(expect.visible(option))
    await person.point(option)
  })
  await person.step(async () => {
    await person.point(page.getByRole('button', { name: begins('建立账号') }))
    await person.wait(expect.visible(page.getByRole('dialog').getByLabel('沈知秋的初始密码').last()))
  })
  return person
}

/** A line through the grid, a name for the new piece, and the preview read. */
export async function split({ browser, api }) {
  const { grid } = await splittable(await api.as('admin'))
  const page = await browser.open({ path: `/desk/admin/areas/${grid.id}`, as: 'admin' })
  const person = new Person(page)
  const map = page.locator('.edit-map')
  const panel = page.getByRole('form', { name: '影响' })
  await expect.visible(page.getByRole('link', { name: '拆分', exact: true }))
  await person.step(async () => {
    await person.point(page.getByRole('link', { name: '拆分', exact: true }))
    await person.wait(expect.visible(page.getByText('第一步：在区域的一边点一下')))
    await person.wait(expect.visible(map.locator('.maplibregl-canvas')))
  })
  await person.step(async () => {
    const box = await map.boundingBox()
    const handles = page.locator('.handle')
    // Before the map is drawn it takes no points: that is waiting, and the first one that it takes is counted.
    await person.wait(expect.eventually(async () => {
      if (await handles.count()) return
      await page.mouse.click(box.x + box.width / 2, box.y + 12)
      expect.ok(await handles.count(), 'the map takes points')
    }, 30_000))
    person.counts.points++
    await person.pointAt(box.x + box.width / 2, box.y + box.height - 40)
    await person.wait(expect.visible(panel.getByText('第 2 块'), 30_000))
  })
  await person.step(async () => {
    const fresh = panel.getByRole('group').filter({ has: page.getByRole('textbox', { name: '名称' }) })
    await person.point(fresh.getByRole('textbox', { name: '名称' }), { clickCount: 3 })
    await person.type('新网格')
  })
  await person.step(async () => {
    const go = panel.getByRole('button', { name: '确定调整' })
    await person.wait(expect.eventually(async () => expect.ok(await go.isEnabled()), 15_000))
    await person.point(go)
    await person.wait(expect.visible(page.getByRole('article').getByText('已生效', { exact: true }), 20_000))
  })
  return person
}
