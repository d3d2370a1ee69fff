import type { MapPoint } from '@/map/overlay'
import { markOf } from '@/ui/state'
import { serverTime } from '@/api/clock'
import { isOverdue } from './clock'
import { leadOrder } from './next'
import type { Incident } from './types'

/** An incident as a mark on the map; nothing while it has no position. */
export function mapPoint(incident: Incident): MapPoint | undefined {
  if (incident.lon === null || incident.lat === null) return undefined
  return {
    id: incident.id,
    lon: incident.lon,
    lat: incident.lat,
    mark: markOf(incident.state, leadOrder(incident)?.state),
    title: incident.title,
    emergency: incident.severity === 'emergency',
    overdue: isOverdue(incident, serverTime(Date.now())),
  }
}
