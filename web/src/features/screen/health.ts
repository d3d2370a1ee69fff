import type { LiveStatus } from '@/api/live'

/** How the wall stands to the server. */
export type WallStatus = 'live' | 'late' | 'offline' | 'signed_out' | 'restarting'

/** For so long a server that does not answer is believed to be restarting. */
export const restartTime = 120_000
/** A stream that begins anew within this time is no news for anybody. */
export const streamPause = 10_000
/** A clock of the wall's computer that is wrong by more than this is said. */
export const clockBound = 30_000

export interface Signs {
  signedOut: boolean
  /** What the browser knows of its network. */
  online: boolean
  /** The last reading failed: with which status (0: no answer), and since when readings fail. */
  failing?: { status: number; since: number }
  stream: LiveStatus
  /** Since when the stream is not open. */
  streamAway?: number
  now: number
}

/** A proxy answers in the server's place, or nobody does. */
const away = (status: number) => status === 0 || (status >= 502 && status <= 504)

/** What to say on the screen, of all that may be wrong the one that explains the rest. */
export function statusOf(signs: Signs): WallStatus {
  if (signs.signedOut) return 'signed_out'
  if (signs.failing) {
    if (!signs.online) return 'offline'
    if (away(signs.failing.status)) return signs.now - signs.failing.since < restartTime ? 'restarting' : 'offline'
    return 'late'
  }
  if (signs.stream === 'lost' && signs.streamAway !== undefined && signs.now - signs.streamAway > streamPause) return 'late'
  return 'live'
}
