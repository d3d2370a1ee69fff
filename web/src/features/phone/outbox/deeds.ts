import type { Incident, Offer } from '@/incident/types'
import type { Answers } from '@/ui/action-form'
import { newItem, type Item, type KeptFile } from './item'

/** A report of this account, as it will be sent. */
export function reportItem(account: string, title: string, body: Record<string, unknown>, files: Record<string, KeptFile>): Item {
  return newItem({ account, kind: 'report', title, path: '/api/v1/incidents', body, files })
}

/**
 * An offered action. It carries no version: without network it may follow another of one's own, and the state alone
 * decides whether it is still possible.
 */
export function actItem(account: string, incident: Incident, offer: Offer, answers: Answers, files: Record<string, KeptFile> = {}): Item {
  return newItem({
    account,
    kind: 'act',
    title: incident.title,
    action: offer.do,
    incident: incident.id,
    path: `/api/v1/incidents/${encodeURIComponent(incident.id)}/actions/${encodeURIComponent(offer.do)}`,
    body: { ...answers, ...(offer.order ? { order: offer.order } : {}) },
    files,
  })
}

/** A call for help from the place where the phone was last. */
export function helpItem(account: string, title: string, at: { lon: number; lat: number } | undefined): Item {
  const body = at ? { lon: at.lon, lat: at.lat, datum: 'wgs84' } : {}
  return newItem({ account, kind: 'help', title, path: '/api/v1/help', body })
}
