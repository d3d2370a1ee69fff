import { expect, it } from 'vitest'
import { restartTime, statusOf, streamPause, type Signs } from './health'

const well: Signs = { signedOut: false, online: true, stream: 'open', now: 1_000_000 }

it('says of all that is wrong what explains the rest', () => {
  const failing = { status: 0, since: 1_000_000 }
  expect(statusOf(well)).toBe('live')
  expect(statusOf({ ...well, failing })).toBe('restarting')
  expect(statusOf({ ...well, failing: { status: 503, since: 1_000_000 } })).toBe('restarting')
  expect(statusOf({ ...well, failing, now: 1_000_000 + restartTime })).toBe('offline')
  expect(statusOf({ ...well, failing, online: false })).toBe('offline')
  expect(statusOf({ ...well, failing: { status: 500, since: 0 } })).toBe('late')
  expect(statusOf({ ...well, failing, signedOut: true })).toBe('signed_out')
})

it('keeps still about a stream that begins anew, and says so when it does not', () => {
  const lost: Signs = { ...well, stream: 'lost', streamAway: 1_000_000 }
  expect(statusOf(lost)).toBe('live')
  expect(statusOf({ ...lost, now: 1_000_001 + streamPause })).toBe('late')
})
