import { deskOf } from '../lib/desk.mjs'
import { sound } from '../lib/pages.mjs'

export const name = 'two people report one thing: the desk merges it, takes it back and merges again, and each is answered under the own code'

const place = { lon: 104.0861, lat: 30.7063, datum: 'wgs84', address: '栖梧桥头' }
const report = (text, who) => ({ text, category: 'environment.road', kind: 'complaint', ...place, reporter: { name: who, phone: '13800000001' } })

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const first = await api.post('/api/v1/public/reports', report('栖梧桥头路面塌了一个坑，我叫甲一', '甲一'))
  const second = await api.post('/api/v1/public/reports', report('栖梧桥头路面塌了一个大坑，我叫乙二', '乙二'))
  const byNumber = async number => (await officer.get(`/api/v1/incidents?q=${number}`)).items[0]
  const [known, twice] = [await byNumber(first.number), await byNumber(second.number)]

  const page = await browser.open({ path: '/desk', as: 'duty' })
  const desk = deskOf(page)
  await desk.open(twice)
  const alike = desk.part('可能是同一件事')
  await alike.getByRole('button', { name: new RegExp(`合并.*${known.number}`) }).click()
  const dialog = page.getByRole('dialog', { name: `把 ${twice.number} 并入 ${known.number}？` })
  await sound(page, { narrowToo: false })
  await shot(page, 'confirm')
  await dialog.getByRole('button', { name: '合并办理' }).click()
  const merged = desk.part('合并办理')
  await expect.text(merged, `与 ${known.number} 合并办理`)
  await expect.text(desk.toast, `${twice.number} 已并入 ${known.number}`)
  await shot(page, 'merged')
  await desk.toast.getByRole('button', { name: '撤销合并' }).first().click()
  await expect.text(desk.toast, '已撤销合并')
  await expect.hidden(merged)
  expect.equal((await officer.get(`/api/v1/incidents/${twice.id}`)).state, 'accepted')

  await officer.act(twice.id, 'merge', { into: known.number })
  await desk.open(twice)
  await merged.getByRole('button', { name: `打开 ${known.number}` }).click()
  await expect.text(desk.part('一并办理的还有'), '2 人反映')
  await expect.text(desk.part('一并办理的还有'), twice.number)
  await expect.text(desk.timeline, `${twice.number} 并入，一并办理，共 2 人反映`)
  await sound(page)
  await shot(page, 'target')

  await officer.act(known.id, 'reject', { ground: 'not_ours', answer: '这一段由公路部门管养，已转告他们来修。' })
  for (const [mine, other] of [[first, '乙二'], [second, '甲一']]) {
    const letter = await browser.open({ viewport: 'phone', path: `/track/${mine.code}` })
    const article = letter.getByRole('article')
    await expect.text(article, '这一段由公路部门管养，已转告他们来修。')
    await expect.text(article, '另有 1 人也反映了这件事')
    await expect.text(article, mine.number)
    expect.ok(!(await article.textContent()).includes(other), 'nothing of the other one')
    await sound(letter, { narrowToo: false })
    await shot(letter, `letter-${mine.number}`)
  }
}
