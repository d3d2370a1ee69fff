import { beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '@/i18n'
import zh from '@/i18n/zh-CN/desk.json'
import { acknowledge, deliveryText, unread } from './receipts'
import { anIncident, anOrder } from './testing'

const POST = vi.hoisted(() => vi.fn())
vi.mock('@/api/client', () => ({ api: { POST }, call: (answer: Promise<unknown>) => answer }))

const sent = () => POST.mock.calls.map(([, { body }]) => body as { orders: { order: string }[]; read: boolean })

beforeEach(() => {
  i18n.global.mergeLocaleMessage('zh-CN', { desk: zh })
  POST.mockReset().mockResolvedValue(undefined)
})

const mine = (id: string) => anIncident({ id, orders: [anOrder({ id: `o-${id}`, person: { id: 'me', name: '我' } })] })

it('says once what reached the screen, and again what could not be said', async () => {
  POST.mockRejectedValueOnce(new TypeError('no network'))
  await acknowledge([mine('a')], 'me')
  await acknowledge([mine('a')], 'me')
  await acknowledge([mine('a')], 'me')
  await acknowledge([mine('a')], 'me', true)
  expect(sent().map(({ orders, read }) => [orders[0]?.order, read])).toEqual([['o-a', false], ['o-a', false], ['o-a', true]])
})

it('says nothing of what is in other hands or over', async () => {
  const other = anIncident({ orders: [anOrder({ id: 'x', person: { id: 'other', name: '她' } }), anOrder({ id: 'y', state: 'handled', person: { id: 'me', name: '我' } })] })
  await acknowledge([other], 'me')
  expect(sent()).toEqual([])
})

it('shows how far an order has come until somebody takes it', () => {
  const at = new Date(2026, 2, 2, 14, 3).getTime()
  expect(deliveryText(anOrder({ delivery: 'delivered', delivered_at: at }))).toBe('已送达 14:03')
  expect(deliveryText(anOrder({ delivery: 'read', delivered_at: at, read_at: at }))).toBe('已读 14:03')
  expect(deliveryText(anOrder({ delivery: 'queued' }))).toBe('还没有送达')
  expect(deliveryText(anOrder({ delivery: 'read', state: 'accepted' }))).toBe('')
  expect(unread(anIncident({ orders: [anOrder({ delivery: 'queued' })] }))).toBe(true)
  expect(unread(anIncident({ orders: [anOrder({ delivery: 'read' })] }))).toBe(false)
})
