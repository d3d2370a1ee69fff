import type { components } from '@/api/schema'

type Schemas = components['schemas']

/** The document cannot say of an object that it may be null. */
type Nullable<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null }

export type Reason = Schemas['IncidentReason']
export type AreaNode = Schemas['IncidentArea']
export type Category = Schemas['IncidentNamedCode']
export type Offer = Schemas['IncidentOffer']
export type Order = Nullable<Schemas['IncidentOrderView'], 'person'>
export type Incident = Omit<Nullable<Schemas['IncidentView'], 'area' | 'category'>, 'orders'> & { orders: Order[] }
export type Entry = Omit<Nullable<Schemas['IncidentEntryView'], 'actor' | 'unit'>, 'body'> & { body: Record<string, unknown> }
/** What would become of a report if it were sent now. */
export type Advice = Nullable<Schemas['AdviceOutBody'], 'area' | 'category' | 'person' | 'unit'>
/** An incident that may be the same matter, or that the same caller reported before. */
export type Like = Omit<Schemas['IncidentLikeView'], 'incident'> & { incident: Incident }

/** A limit that runs for an incident or one of its orders. */
export type Clock = Schemas['IncidentClockView']

/** Who was told of an incident without being given work. */
export type Copy = Schemas['IncidentCopyView']

/** A named place with a position. */
export interface Place {
  name: string
  kind: string
  lon: number
  lat: number
}

/** The work of the desk, as tabs of the queue. */
export const tabs = ['todo', 'soon', 'today', 'unplaced'] as const
export type Tab = (typeof tabs)[number]
