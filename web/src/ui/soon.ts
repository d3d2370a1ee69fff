const minute = 60_000

export interface Soon {
  name: 'hour' | 'afternoon' | 'evening' | 'morning' | 'tomorrow_afternoon'
  at: number
}

/** Times of day at which people may be called, by the clock of the office. */
const hours = { afternoon: 14.5, evening: 18.5, morning: 9.5, tomorrow_afternoon: 14.5 } as const

/** The moments that are usually agreed on for calling again, the nearest first; those of today only while they are ahead. */
export function soonTimes(now: number): Soon[] {
  const on = (days: number, hour: number) => new Date(now).setHours(24 * days + Math.floor(hour), (hour % 1) * 60, 0, 0)
  const inAnHour = Math.ceil((now + 60 * minute) / (5 * minute)) * 5 * minute
  const ahead = (at: number) => at > now + 30 * minute
  const all: Soon[] = [
    { name: 'hour', at: inAnHour },
    { name: 'afternoon', at: on(0, hours.afternoon) },
    { name: 'evening', at: on(0, hours.evening) },
    { name: 'morning', at: on(1, hours.morning) },
    { name: 'tomorrow_afternoon', at: on(1, hours.tomorrow_afternoon) },
  ]
  return all.filter(({ name, at }) => name === 'hour' || ahead(at))
}

const day = 24 * 60 * minute

/** Later ends of a limit: so many days after a moment, at the same time of day. */
export function laterTimes(after: number): { name: 'day' | 'three_days' | 'week'; at: number }[] {
  const from = Math.ceil(after / (5 * minute)) * 5 * minute
  return [
    { name: 'day', at: from + day },
    { name: 'three_days', at: from + 3 * day },
    { name: 'week', at: from + 7 * day },
  ]
}

/** When an answer may be wanted: soon, for somebody waits for it. */
export function replyTimes(now: number): { name: 'half_hour' | 'hour' | 'four_hours' | 'day'; at: number }[] {
  const from = Math.ceil(now / (5 * minute)) * 5 * minute
  return [
    { name: 'half_hour', at: from + 30 * minute },
    { name: 'hour', at: from + 60 * minute },
    { name: 'four_hours', at: from + 240 * minute },
    { name: 'day', at: from + day },
  ]
}
