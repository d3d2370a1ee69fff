// The clock of a server under test, turned on; the living day rests, so that nothing else happens meanwhile.

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/**
 * A clock that can be turned, for a journey with a server of its own. Sessions end as they would after so long a time:
 * open pages anew after half a day.
 */
export async function clockOf(api) {
  const officer = await api.as('duty')
  await officer.put('/api/v1/demo/day', { speed: 1, paused: true })
  const turn = async ms => (await (await api.as('duty')).post('/api/v1/demo/clock', { advance_ms: Math.ceil(ms) })).now
  const read = async () => turn(1)
  return {
    /** The server's time. */
    now: read,
    advance: turn,
    /** Goes on to a moment, which must lie ahead. */
    until: async at => turn(at - (await read())),
  }
}
