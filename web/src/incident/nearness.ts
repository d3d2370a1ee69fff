import { t } from '@/i18n'
import type { Incident } from './types'
import { distance } from '@/map/nearest'
import type { Position } from '@/map/useMap'

/** How far an incident is, in metres; undefined while one of the two places is not known. */
export function away(incident: Pick<Incident, 'lon' | 'lat'>, from: Position | undefined): number | undefined {
  if (!from || incident.lon === null || incident.lat === null) return undefined
  return distance({ lon: incident.lon, lat: incident.lat }, from)
}

/** A distance as people say it: 20 米, 340 米, 1.2 公里. */
export function farText(metres: number): string {
  if (metres < 1000) return t('map.far.m', { n: Math.max(10, Math.round(metres / 10) * 10) })
  return t('map.far.km', { n: (metres / 1000).toFixed(metres < 10_000 ? 1 : 0) })
}

const severities = ['emergency', 'major']

/** 0 is the most pressing. */
function urgency({ severity, flags }: Pick<Incident, 'severity' | 'flags'>): number {
  if (flags.includes('urgent')) return 0
  const rank = severities.indexOf(severity)
  return rank < 0 ? severities.length + 1 : rank + 1
}

/** The most pressing first, the nearer before the farther, then whoever waits longest. */
export function byUrgencyAndDistance<T extends Pick<Incident, 'severity' | 'flags' | 'lon' | 'lat' | 'received_at'>>(
  list: readonly T[],
  from: Position | undefined,
): T[] {
  const far = (incident: T) => away(incident, from) ?? Number.MAX_VALUE
  return [...list].sort((a, b) => urgency(a) - urgency(b) || far(a) - far(b) || a.received_at - b.received_at)
}
