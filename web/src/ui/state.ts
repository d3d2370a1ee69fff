/**
 * What a mark shows. Most are the incident's state; while an incident is in progress the lead order says more
 * (dispatched, taken, arrived, handling).
 */
export const marks = [
  'reported',
  'verifying',
  'accepted',
  'dispatched',
  'taken',
  'arrived',
  'handling',
  'checking',
  'checked',
  'closed',
  'rejected',
  'merged',
  'voided',
] as const
export type Mark = (typeof marks)[number]

const byOrder: Record<string, Mark> = { accepted: 'taken', arrived: 'arrived', handled: 'handling' }

/** The mark of an incident's state and its lead order's state. An unknown state shows as reported. */
export function markOf(state: string, leadOrder?: string): Mark {
  if (state === 'in_progress') return byOrder[leadOrder ?? ''] ?? 'dispatched'
  return marks.find((mark) => mark === state) ?? 'reported'
}

/** The token that colours a mark. */
export const colourToken: Record<Mark, string> = {
  reported: '--state-reported',
  verifying: '--state-reported',
  accepted: '--state-accepted',
  dispatched: '--state-dispatched',
  taken: '--state-underway',
  arrived: '--state-underway',
  handling: '--state-underway',
  checking: '--state-checking',
  checked: '--state-done',
  closed: '--state-done',
  rejected: '--state-ended',
  merged: '--state-ended',
  voided: '--state-ended',
}
