import { showTimesBy, type Ahead } from '@/ui/zone'

const quarter = 15 * 60_000
const mostKept = 2000

/** By how much the clocks of a zone are ahead of UTC; none where the browser does not know the zone. */
export function aheadIn(zone: string): Ahead | undefined {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
    })
  } catch {
    return undefined
  }
  // No zone changes its clocks within a quarter of an hour, and to ask the browser costs more than to remember.
  const kept = new Map<number, number>()
  return (at) => {
    const since = Math.floor(at / quarter) * quarter
    let ahead = kept.get(since)
    if (ahead === undefined) {
      const part = Object.fromEntries(format.formatToParts(since).map(({ type, value }) => [type, Number(value)]))
      ahead = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute) - since
      if (kept.size >= mostKept) kept.clear()
      kept.set(since, ahead)
    }
    return ahead
  }
}

let shown = ''

/** Shows all times as the office has them, wherever the wall's computer believes to be. */
export function showOfficeTimes(zone: string): void {
  const ahead = zone === shown ? undefined : aheadIn(zone)
  if (!ahead) return
  shown = zone
  showTimesBy(ahead)
}
