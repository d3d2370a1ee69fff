import type { LiveEvent } from '@/api/live'
import type { Incident } from '@/incident/types'
import type { Tone } from '@/ui/sound'
import { isHelp } from './work'

/** What can bring something new to the desk: a report, an order that comes back, a mark that it is urgent. */
const brings = ['report', 'return_order', 'mark', 'reopen', 'lead_given_back']

/** Tells whether a change may be worth a tone; the incident itself then says which. */
export const mayAlert = (event: LiveEvent) => event.kind !== 'gone' && event.kind !== 'reset' && event.incident !== undefined && (!event.do || brings.includes(event.do))

const waits = ['reported', 'verifying', 'accepted']

/** The tone for one incident that came or changed; none for what waits for others or asks nothing of this person. */
export function toneOf(incident: Incident): Tone | undefined {
  if (isHelp(incident) && !['closed', 'voided', 'rejected', 'checking', 'checked'].includes(incident.state)) return 'help'
  if (!waits.includes(incident.state) || incident.actions.length === 0) return undefined
  return incident.severity === 'emergency' || incident.flags.includes('urgent') ? 'urgent' : 'new'
}

const rank: (Tone | undefined)[] = [undefined, 'new', 'urgent', 'help']

/** Of what came at the same time the most pressing is heard, once. */
export const loudest = (tones: (Tone | undefined)[]): Tone | undefined =>
  rank[Math.max(0, ...tones.map((tone) => rank.indexOf(tone)))]
