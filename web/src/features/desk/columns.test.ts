import { beforeAll, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { anIncident, anOrder } from '@/incident/testing'
import { cellOf, columns, columnsOf, templateOf, usualColumns } from './columns'

beforeAll(withMessages)

it('shows the chosen columns in their order, the title always', () => {
  expect(columnsOf(['received', 'number', 'gone'])).toEqual(['number', 'title', 'received'])
  expect(columnsOf([])).toEqual(usualColumns)
  expect(columnsOf(['gone'])).toEqual(usualColumns)
  expect(templateOf(['number', 'title'])).toBe('20px 10.5rem minmax(10rem, 3fr)')
})

it('says every cell in words', () => {
  const incident = anIncident({ state: 'in_progress', orders: [anOrder()], reporter: { name: '王*', phone: '138****0001', address: '', confidential: false, revealable: true } })
  const said = columns.map((name) => cellOf(incident, name))
  expect(said).toContain('锦云巡区站')
  expect(said).toContain('王* 138****0001')
  expect(said.every((text) => text !== '' && !/^[a-z_.]+$/.test(text))).toBe(true)
})
