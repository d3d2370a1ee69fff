import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export const name = 'a GIS reads areas and incidents from the running server, as far as its account may see, and anybody reads the open data'

const missing = 'ogrinfo is missing: it comes with GDAL (Debian and Ubuntu: apt-get install gdal-bin; macOS: brew install gdal)'

/** So many features at once that layers of a demo have more than one page. */
const pageSize = 100

/** What ogrinfo says of a source, layer by layer or of one layer; whoever asks is named by a token. */
async function ogrinfo(url, token, ...args) {
  const env = { ...process.env, NO_PROXY: '*', no_proxy: '*', ...(token && { GDAL_HTTP_HEADERS: `Authorization: Bearer ${token}` }) }
  try {
    const { stdout, stderr } = await promisify(execFile)('ogrinfo', ['-ro', '-oo', `PAGE_SIZE=${pageSize}`, ...args.slice(1), `OAPIF:${url}`, ...args.slice(0, 1)], { env, maxBuffer: 64 << 20 })
    if (/ERROR/.test(stderr)) throw new Error(stderr)
    return stdout
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(missing)
    throw error
  }
}

const countIn = text => Number(/Feature Count: (\d+)/.exec(text)?.[1])

export async function run({ base, api, expect }) {
  const officer = await api.as('duty')
  const signedIn = `${base}/api/v1/ogc`

  const layers = await ogrinfo(signedIn, officer.token)
  for (const layer of ['areas-street', 'areas-microgrid', 'incidents']) expect.match(layers, new RegExp(`: ${layer} `))

  const streets = await ogrinfo(signedIn, officer.token, 'areas-street', '-al')
  expect.match(streets, /锦云街道/)
  expect.match(streets, /POLYGON/)
  const { items: microgrids } = await officer.get('/api/v1/areas?level=microgrid&limit=200')
  expect.ok(countIn(await ogrinfo(signedIn, officer.token, 'areas-microgrid', '-so')) >= microgrids.length)
  const few = await ogrinfo(signedIn, officer.token, 'areas-microgrid', '-so', '-spat', '104.07', '30.68', '104.075', '30.685')
  expect.ok(countIn(few) > 0 && countIn(few) < microgrids.length, few)

  const made = await officer.post('/api/v1/incidents', {
    text: '路沿石松动，报告人电话 13800001234', title: '路沿石松动 13800001234', channel: 'hotline', category: 'environment.road', kind: 'complaint', lon: 104.0731, lat: 30.6832,
    reporter: { name: '欧阳某', phone: '13800001234' }, address: '一段三号',
  })
  const all = await ogrinfo(signedIn, officer.token, 'incidents', '-al')
  const one = all.slice(all.indexOf(made.id)).split('OGRFeature(')[0]
  expect.match(one, /number \(String\) = /)
  expect.match(one, /POINT \(104\.0731 30\.6832\)/)
  for (const word of ['13800001234', '欧阳某', '一段三号']) expect.ok(!all.includes(word), `${word} left the house`)

  const anybody = `${base}/api/v1/public/ogc`
  const open = await ogrinfo(anybody, '', 'incidents', '-al')
  expect.ok(open.includes(made.id))
  expect.ok(!open.includes('104.0731 '), 'open data do not tell the place')
  expect.ok(countIn(await ogrinfo(anybody, '', 'areas-microgrid', '-so')) > pageSize, 'boundaries are for everybody, page by page')
  expect.ok(countIn(await ogrinfo(anybody, '', 'incidents', '-so')) < countIn(await ogrinfo(signedIn, officer.token, 'incidents', '-so')))
}
