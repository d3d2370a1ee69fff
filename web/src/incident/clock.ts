import { t } from '@/i18n'
import { clockTime, dayNumber, duration, relativeTime } from '@/ui/time'
import type { Clock, Entry, Incident, Offer } from './types'

/** How a clock stands: while it runs green, yellow from its warning, red from its due time; stopped it was met or late. */
export type Standing = 'green' | 'yellow' | 'red' | 'paused' | 'met' | 'late'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How a clock stands at a moment of the server's time, unix ms. */
export function standingOf(clock: Clock, now: number): Standing {
  if (clock.stopped) return clock.overdue ? 'late' : 'met'
  if (clock.due === undefined) return 'paused'
  if (now >= clock.due) return 'red'
  return clock.warn_at !== undefined && now >= clock.warn_at ? 'yellow' : 'green'
}

const never = Number.MAX_SAFE_INTEGER

/** The running clock that is due first; while all stand still the one that stands longest; nothing when none is open. */
export function nearestClock(incident: Pick<Incident, 'clocks'>): Clock | undefined {
  const open = incident.clocks.filter((clock) => !clock.stopped)
  return [...open].sort((a, b) => (a.due ?? never) - (b.due ?? never) || a.started - b.started)[0]
}

/** Tells whether a clock of the incident that runs is past its due time. */
export const isOverdue = (incident: Pick<Incident, 'due_at'>, now: number) => incident.due_at !== undefined && now >= incident.due_at

const two = (n: number) => String(n).padStart(2, '0')

/** Under an hour as a countdown that keeps its width, then in hours, then in whole days. */
function leftText(left: number): string {
  if (left < hour) return t('clocks.left', { time: `${two(Math.floor(left / minute))}:${two(Math.floor((left % minute) / second))}` })
  if (left < day) return t('clocks.left', { time: duration(left) })
  return t('clocks.days_left', { n: Math.floor(left / day) })
}

/** By how much it is over, in its largest part alone: nobody waits for the seconds of what is late. */
function overText(over: number): string {
  const part = [day, hour, minute, second].find((length) => over >= length) ?? over + 1
  return t('clocks.over', { time: duration(Math.floor(over / part) * part) })
}

/** What a clock says at a moment: 还剩 00:42, 超时 3 分, 3 天后到期, 已停止计时, 未超时. */
export function clockText(clock: Clock, now: number): string {
  const standing = standingOf(clock, now)
  if (standing === 'red') return overText(now - (clock.due ?? now))
  if (standing === 'green' || standing === 'yellow') return leftText((clock.due ?? now) - now)
  return t(`clocks.state.${standing}`)
}

/** A moment of a limit: today by the clock, another day with its date. */
export const momentText = (at: number, now: number) => (dayNumber(at) === dayNumber(now) ? clockTime(at) : relativeTime(at, now))

export const stageName = (stage: string) => t(`clocks.stage.${stage}`)

const tight: Record<string, [number, string][]> = {
  hours: [[60, 'hours'], [1, 'minutes']],
  working_hours: [[60, 'working_hours'], [1, 'working_minutes']],
}

/** A limit in plain words: 5 分钟, 4 个工作小时, 3 个工作日. */
export function limitText({ unit, amount }: Pick<Clock, 'unit' | 'amount'>): string {
  const [of, name] = (tight[unit] ?? []).find(([of]) => amount >= of && amount % of === 0) ?? [1, unit]
  return t(`clocks.amount.${name}`, { n: amount / of })
}

/** Which share of its time a clock has used, 0 to 1; one that stands still, that of when it stood still. */
export function usedShare(clock: Clock, now: number): number {
  if (clock.due === undefined || clock.due <= clock.started) return clock.stopped || clock.due !== undefined ? 1 : 0
  const at = clock.stopped ?? now
  return Math.min(1, Math.max(0, (at - clock.started) / (clock.due - clock.started)))
}

/** A time in which all clocks stood still. */
export interface Pause {
  from: number
  /** Missing while it lasts. */
  to?: number
}

const begins = ['approve_suspension', 'defer']
const ends = ['resume', 'resume_due']

/** When the clocks stood still, from the timeline; an order that was taken away ends a pause without an entry of its own. */
export function pausesOf(entries: readonly Entry[], incident: Pick<Incident, 'pause'>): Pause[] {
  const pauses: Pause[] = []
  for (const entry of entries) {
    const open = pauses.find((pause) => pause.to === undefined)
    if (begins.includes(entry.do) && !open) pauses.push({ from: entry.at })
    else if ((ends.includes(entry.do) || entry.from !== entry.to) && open) open.to = entry.at
  }
  const last = pauses.at(-1)
  return last && last.to === undefined && !incident.pause ? pauses.slice(0, -1) : pauses
}

/** When the limit would end that an extension moves; for anything else there is none. */
export function dueOf(incident: Pick<Incident, 'clocks'>, offer: Pick<Offer, 'do' | 'order'>): number | undefined {
  if (offer.do !== 'extend') return undefined
  return incident.clocks.find((clock) => clock.stage === 'handle' && !clock.stopped && clock.order === offer.order)?.due
}
