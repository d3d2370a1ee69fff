import { watch, type Ref } from 'vue'
import { api, call } from '@/api/client'
import { t } from '@/i18n'
import { clockTime } from '@/ui/time'
import type { Incident, Order } from './types'

/** Orders in which somebody's hands are still to do something. */
const open = ['pooled', 'sent', 'accepted', 'arrived']

/** Orders of which it matters whether they came: nobody has said that they take them. */
const waiting = ['pooled', 'sent']

/** What this page has said already; saying it again would change nothing. */
const said = new Set<string>()

const holds = (order: Order, account: string) => (order.person ? order.person.id === account : waiting.includes(order.state))

/** Tells the server that orders of one's own reached this screen or were opened. What fails is said with the next list. */
export async function acknowledge(incidents: readonly Incident[], account: string, read = false): Promise<void> {
  const orders = incidents.flatMap((incident) =>
    incident.orders
      .filter((order) => open.includes(order.state) && holds(order, account) && order.delivery !== 'read')
      .map((order) => ({ incident: incident.id, order: order.id })),
  )
  const fresh = orders.filter(({ order }) => !said.has(`${account} ${order} ${read}`))
  if (fresh.length === 0) return
  for (const { order } of fresh) said.add(`${account} ${order} ${read}`)
  try {
    await call(api.POST('/api/v1/orders/delivered', { body: { orders: fresh.slice(0, 200), read } }))
  } catch {
    for (const { order } of fresh) said.delete(`${account} ${order} ${read}`)
  }
}

/** Says that whoever looks has opened what is shown, if it is theirs, while the page is in front. */
export function useReading(incident: Ref<Incident | undefined>, account: () => string | undefined): void {
  watch(
    [incident, account],
    ([now, who]) => {
      if (now && who && document.visibilityState === 'visible') void acknowledge([now], who, true)
    },
    { immediate: true },
  )
}

/** How far an order has come, while that still matters: 已送达 14:03. */
export function deliveryText(order: Order | undefined): string {
  if (!order?.delivery || !waiting.includes(order.state)) return ''
  const at = order.delivery === 'read' ? order.read_at : order.delivered_at
  return t(`desk.delivery.${order.delivery}`, { time: at ? clockTime(at) : '' })
}

/** Whether somebody may still open what they were sent, so that a page that shows it looks again now and then. */
export const unread = (incident: Incident | undefined) =>
  incident?.orders.some((order) => waiting.includes(order.state) && order.delivery !== undefined && order.delivery !== 'read') ?? false
