import { everyPage } from '../lib/everypage.mjs'

export const name = 'every page of the administration is accessible in light and dark, in Chinese and English, and fits a narrow window'
export const limit = 420_000

export async function run({ browser, api }) {
  const [admin, security] = await Promise.all([api.as('admin'), api.as('security')])
  const first = (person, path, key = 'id') => async () => (await person.get(path)).items[0][key]
  await everyPage('admin', {
    browser,
    things: {
      unit: first(admin, '/api/v1/units?limit=1'),
      grid: first(admin, '/api/v1/areas?level=grid&limit=1'),
      patrol: first(admin, '/api/v1/patrol-areas?limit=1'),
      category: first(admin, '/api/v1/categories?limit=1', 'code'),
      rule: first(admin, '/api/v1/rules'),
      limit: first(admin, '/api/v1/limits'),
      camera: first(admin, '/api/v1/cameras?limit=1'),
      account: first(security, '/api/v1/accounts?limit=1'),
      role: first(security, '/api/v1/roles?limit=1', 'code'),
    },
  })
}
