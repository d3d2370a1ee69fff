// What is done on a phone: by a grid worker on patrol, and by a resident.
import { expect } from '../lib/expect.mjs'
import { photo } from '../lib/photo.mjs'
import { phoneOf, standing } from '../lib/phone.mjs'
import { Person } from './person.mjs'

/** 上报 opens the camera; the kind is proposed as large buttons, the place comes from the phone. */
export async function patrol({ browser }) {
  const page = await browser.open({ path: '/m', viewport: 'phone', as: 'worker', position: standing })
  const phone = phoneOf(page)
  await phone.ready()
  const person = new Person(page)
  const file = await photo(page)
  await person.step(() =>
    person.shoot(async () => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), person.point(phone.tab('上报'))])
      await chooser.setFiles(file)
    }))
  await person.wait(expect.visible(phone.main.getByRole('img', { name: /照片 1/ }), 30_000))
  await person.step(async () => {
    await person.point(phone.main.getByRole('radio').first(), { force: true })
    await person.point(phone.button('上报'))
    await person.wait(expect.visible(phone.main.getByRole('heading', { name: '已上报' })))
  })
  return person
}

/** Without an account: a photo, where the phone stands, one sentence. */
export async function resident({ browser }) {
  const page = await browser.open({ viewport: 'phone', position: standing })
  const person = new Person(page)
  const file = await photo(page)
  const next = page.getByRole('button', { name: '下一步', exact: true })
  await person.step(async () => {
    await person.point(page.getByRole('link', { name: /^反映/ }))
    await person.wait(expect.visible(page.getByRole('heading', { name: '拍张照片' })))
  })
  await person.step(async () => {
    await person.shoot(chosen => page.getByLabel('拍照或选图').setInputFiles(chosen), file)
    await person.point(next)
  })
  await person.step(async () => {
    const mine = page.getByRole('button', { name: '我的位置' })
    await person.wait(expect.visible(mine))
    await person.point(mine)
    await person.wait(expect.visible(page.getByText(/地点：.*附近|地点已选好/)))
    await person.point(next)
  })
  await person.step(async () => {
    await person.point(page.getByLabel('发生了什么？'))
    await person.type('门口的路灯坏了一排，看不清台阶')
    await person.point(page.getByRole('button', { name: '提交' }))
    await person.wait(expect.visible(page.getByTestId('code')))
  })
  return person
}
