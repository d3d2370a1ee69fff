import { expect, it } from 'vitest'
import { laterTimes, replyTimes, soonTimes } from './soon'

const at = (hour: number, minutes = 0) => new Date(2026, 10, 22, hour, minutes).getTime()
const names = (now: number) => soonTimes(now).map((soon) => soon.name)

it('offers what is still ahead today, and tomorrow', () => {
  expect(names(at(9))).toEqual(['hour', 'afternoon', 'evening', 'morning', 'tomorrow_afternoon'])
  expect(names(at(15))).toEqual(['hour', 'evening', 'morning', 'tomorrow_afternoon'])
  expect(names(at(22))).toEqual(['hour', 'morning', 'tomorrow_afternoon'])
})

it('means round times', () => {
  const [hour, , , morning] = soonTimes(at(9, 2))
  expect(new Date(hour!.at).getHours()).toBe(10)
  expect(new Date(hour!.at).getMinutes()).toBe(5)
  expect([new Date(morning!.at).getDate(), new Date(morning!.at).getHours(), new Date(morning!.at).getMinutes()]).toEqual([23, 9, 30])
})

it('lengthens a limit by whole days, and wants replies soon', () => {
  const due = at(18)
  expect(laterTimes(due).map((time) => (time.at - due) / 86_400_000)).toEqual([1, 3, 7])
  expect(replyTimes(at(9, 2)).map((time) => new Date(time.at).getMinutes())).toEqual([35, 5, 5, 5])
})
