import type { Clock, Entry, Incident, Offer, Order } from './types'

/** An incident for tests: the named parts as given, the rest plausible. */
export function anIncident(part: Partial<Incident> = {}): Incident {
  const at = part.received_at ?? 1_700_000_000_000
  return {
    id: 'i1', number: '231122-0001', kind: 'complaint', channel: 'hotline', channel_group: 'report',
    category: { code: 'security.noise', name: '噪音扰民', name_en: 'Noise' },
    severity: 'general', title: '夜间施工噪音', text: '工地夜里还在施工', lon: 104.08, lat: 30.66, address: '青石桥街 12 号', area: null,
    state: 'reported', flags: [], orders: [], actions: [], times: {}, clocks: [], filed_area: '', entries: 1, version: 1,
    reporter: { name: '王*', phone: '138****0001', address: '', confidential: false, revealable: true },
    occurred_at: at, received_at: at, changed_at: at,
    ...part,
  }
}

export const anOffer = (action: string, part: Partial<Offer> = {}): Offer => ({ do: action, asks: [], ...part })

export function anOrder(part: Partial<Order> = {}): Order {
  return {
    id: 'o1', role: 'lead', state: 'sent', unit: { id: 'u1', name: '锦云巡区站' }, person: null, reason: { code: 'rule.station' },
    by_person: true, changed: false, pending_approval: false, sent_at: 1_700_000_060_000,
    ...part,
  }
}

export function aClock(part: Partial<Clock> = {}): Clock {
  return { stage: 'arrive', unit: 'hours', amount: 5, started: 1_700_000_000_000, warn_at: 1_700_000_240_000, due: 1_700_000_300_000, ...part }
}

export function anEntry(part: Partial<Entry> = {}): Entry {
  return {
    seq: 1, at: 1_700_000_000_000, do: 'report', visibility: 'public', actor: { id: 'a1', name: '王晓' },
    unit: { id: 'u0', name: '锦江治理中心' }, from: 'reported', to: 'reported', body: {}, files: [], hash: '',
    ...part,
  }
}
