import { expect, it } from 'vitest'
import { boxAround, nearText, readNear } from './near'

it('is written into an address and read back, commas in its name and all', () => {
  const place = { lon: 104.0812344, lat: 30.6543211, name: '青石桥街 12 号, 东门' }
  expect(readNear(nearText(place))).toEqual({ lon: 104.081234, lat: 30.654321, name: '青石桥街 12 号, 东门' })
})

it('takes nothing that is no place', () => {
  for (const text of ['', 'x', '104,', '104', '999,30,x', 'NaN,30,x', ',30,x']) expect(readNear(text)).toBeUndefined()
})

it('reaches as far in every direction', () => {
  const [west, south, east, north] = boxAround({ lon: 104, lat: 30, name: '' }).split(',').map(Number)
  expect(Math.round((north! - south!) * 111_320)).toBe(600)
  expect(Math.round((east! - west!) * 111_320 * Math.cos((30 * Math.PI) / 180))).toBe(600)
})
