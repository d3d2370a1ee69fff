import { shallowRef } from 'vue'

/** By how many ms the clock on the wall is ahead of UTC at a moment. */
export type Ahead = (at: number) => number

const ahead = shallowRef<Ahead>((at) => -60_000 * new Date(at).getTimezoneOffset())

/** What the clock on the wall shows at a moment, to be read as if it were UTC. By this device's zone, or `showTimesBy`. */
export const wallTime = (at: number) => at + ahead.value(at)

/** Lets all times be shown by another clock than this device's. */
export function showTimesBy(other: Ahead): void {
  ahead.value = other
}
