import { sound } from '../lib/pages.mjs'

export const name = 'five people report one noise: the desk sees them as one place, merges them at once, and what repeats is listed for the day'

const place = '听松街'

export async function run({ browser, api, expect, shot }) {
  const officer = await api.as('duty')
  const made = []
  for (const n of [0, 1, 2, 3, 4]) {
    made.push(await officer.post('/api/v1/incidents', {
      text: `${place}夜里施工声音很大，第${'一二三四五'[n]}户`, category: 'security.noise', channel: 'hotline', lon: 104.0791 + n * 0.0001, lat: 30.6951, address: `${place}${n + 1}号`,
    }))
  }
  const page = await browser.open({ path: '/desk/clusters', as: 'duty' })
  const row = page.getByRole('list', { name: '聚集反映的地点' }).getByRole('button').filter({ hasText: place })
  await expect.text(row, '5 人反映')
  await shot(page, 'list')
  await row.click()
  await sound(page)
  await page.getByRole('radio', { name: `并入哪一件 ${made[1].number}` }).check()
  await page.getByRole('button', { name: `其余 4 件全部并入 ${made[1].number}` }).click()
  const dialog = page.getByRole('dialog', { name: '合并办理 4 件' })
  await expect.count(dialog.getByRole('listitem'), 4)
  await sound(page, { narrowToo: false })
  await shot(page, 'merging')
  await dialog.getByRole('button', { name: '合并办理' }).click()
  await expect.hidden(dialog)
  await expect.eventually(async () => expect.equal((await officer.get(`/api/v1/incidents/${made[1].id}`)).joined, 4))
  for (const n of [0, 2, 3, 4]) expect.equal((await officer.get(`/api/v1/incidents/${made[n].id}`)).state, 'merged')
  await shot(page, 'merged')

  await page.goto('/desk/clusters')
  await page.getByRole('link', { name: '多发点位' }).click()
  const spot = page.getByRole('row').filter({ hasText: place })
  await expect.visible(spot.first())
  await expect.hidden(page.getByText(`${place}1号`))
  await sound(page)
  await shot(page, 'spots')
  const table = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  expect.ok((await table).suggestedFilename().endsWith('.xlsx'), 'it comes as a table')
}
