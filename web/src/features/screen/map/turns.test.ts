import { expect, it } from 'vitest'
import { CoursePlayer, type Course } from './course'
import { mercator, PointStore } from './point-store'
import { Turns } from './turns'

const from = Date.UTC(2026, 10, 22)

/** Numbers that look like chance and are the same at every run. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function anyDay(seed: number): Course {
  const roll = dice(seed)
  const ids = Array.from({ length: 60 }, (_, n) => `p${n}`)
  const moments = (most: number) => Array.from({ length: 1 + roll(most) }, () => roll(86_400)).sort((a, b) => a - b)
  return {
    from, to: from + 86_400_000, states: ['reported', 'dispatched', 'closed'], ids, lon: ids.map(() => 104 + roll(100) / 1000), lat: ids.map(() => 30 + roll(100) / 1000),
    emergency: [roll(60)], steps: ids.map(() => moments(5).flatMap((second) => [second, roll(4) - 1])),
    late: ids.map(() => (roll(2) ? moments(1).flatMap((second) => [second, second + roll(9000)]) : [])),
  }
}

const player = (course: Course) => new CoursePlayer(new PointStore(mercator(104, 30), from), course, (states) => states.map((_, n) => n))

it('comes to the same picture by any way through the day as by going there at once', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const course = anyDay(seed)
    const roll = dice(seed * 31)
    const wandering = player(course)
    for (let step = 0; step < 40; step++) {
      const at = from + roll(86_500) * 1000
      expect(wandering.show(at), `seed ${seed}, step ${step}`).toEqual(player(course).show(at))
    }
  }
})

it('finds the turns after one second and up to another, edges of the day included', () => {
  const turns = new Turns({ steps: [[10, 0, 20, 1], [20, 0]], late: [[], [30, 40]] })
  expect([...turns.between(10, 20)]).toEqual([0, 1])
  expect([...turns.between(9, 10)]).toEqual([0])
  expect([...turns.between(20, 90_000)]).toEqual([1, 1])
  expect([...turns.between(40, 200_000)]).toEqual([])
})
