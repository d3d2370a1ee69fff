import type { Incident } from '@/incident/types'

export interface QueueRow {
  incident: Incident
  /** It no longer belongs here: somebody took the next step, or it left this person's reach. It stays until settled. */
  left?: 'moved' | 'gone'
}

/** In which order a list stands. */
export type Order = (a: Incident, b: Incident) => number

/** A queue as it is shown. Nothing in `rows` moves until the person says so; what is new waits. */
export interface Queue {
  rows: QueueRow[]
  waiting: Incident[]
  order: Order
}

export const emptyQueue = (): Queue => startQueue([])

export const newestFirst: Order = (a, b) => b.received_at - a.received_at || (a.id < b.id ? 1 : -1)

const never = Number.MAX_SAFE_INTEGER
/** By what is due next; what stands still comes last. */
export const byDue: Order = (a, b) => (a.due_at ?? never) - (b.due_at ?? never) || (a.id < b.id ? -1 : 1)

/** A queue as the server gives it first. */
export const startQueue = (items: Incident[], order = newestFirst): Queue => ({ rows: items.map((incident) => ({ incident })), waiting: [], order })

/**
 * Takes in what the server says now, `fresh` being the first of the queue in its order and `complete` telling that there is no
 * more. Rows keep their places; those that left are marked, those that came wait.
 */
export function mergeQueue(queue: Queue, fresh: Incident[], complete: boolean): Queue {
  const now = new Map(fresh.map((incident) => [incident.id, incident]))
  const last = fresh.at(-1)
  // Of what lies behind the page nothing is known.
  const known = (incident: Incident) => complete || (last !== undefined && queue.order(incident, last) <= 0)
  const rows = queue.rows.map((row): QueueRow => {
    const incident = now.get(row.incident.id)
    if (incident) return { incident: newer(row.incident, incident) }
    return known(row.incident) ? { ...row, left: row.left ?? 'moved' } : row
  })
  const shown = new Set(rows.map((row) => row.incident.id))
  return { ...queue, rows, waiting: fresh.filter((incident) => !shown.has(incident.id)) }
}

/** An answer that was overtaken on its way must not bring an older state back. */
function newer(shown: Incident, incident: Incident): Incident {
  return incident.version < shown.version ? shown : incident
}

/** Shows a changed incident in its place. */
export function updateRow(queue: Queue, incident: Incident): Queue {
  const replace = (row: QueueRow) => (row.incident.id === incident.id ? { ...row, incident: newer(row.incident, incident) } : row)
  return { ...queue, rows: queue.rows.map(replace) }
}

/** Marks a row whose incident left this person's reach. */
export function markGone(queue: Queue, id: string): Queue {
  return {
    ...queue,
    rows: queue.rows.map((row) => (row.incident.id === id ? { ...row, left: 'gone' } : row)),
    waiting: queue.waiting.filter((incident) => incident.id !== id),
  }
}

/** Lets the waiting rows in and what left out: the person asked for it. */
export function settleQueue(queue: Queue): Queue {
  const stay = queue.rows.filter((row) => !row.left).map((row) => row.incident)
  return startQueue([...queue.waiting, ...stay].sort(queue.order), queue.order)
}

/** Adds an older page at the end. */
export function appendPage(queue: Queue, items: Incident[]): Queue {
  const shown = new Set(queue.rows.map((row) => row.incident.id))
  return { ...queue, rows: [...queue.rows, ...items.filter((incident) => !shown.has(incident.id)).map((incident) => ({ incident }))] }
}

export const leftCount = (queue: Queue) => queue.rows.filter((row) => row.left).length

/** The id of the row beside one; at the ends, and when the one is not there, the nearest that is. */
export function rowBeside(queue: Queue, id: string | undefined, step: 1 | -1): string | undefined {
  const at = queue.rows.findIndex((row) => row.incident.id === id)
  const to = at < 0 ? 0 : Math.min(queue.rows.length - 1, Math.max(0, at + step))
  return queue.rows[to]?.incident.id
}
