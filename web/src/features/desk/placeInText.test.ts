import { describe, expect, it } from 'vitest'
import { namesIn } from './placeInText'
import { anIncident } from '@/incident/testing'
import type { Incident } from '@/incident/types'
import { placeOfCaller } from './useAdvice'

const like = (incident: Incident, caller: boolean) => ({ incident, caller, distance: -1, minutes: 5, likeness: 0 })

describe('names of places in what is said', () => {
  it('are found without the words around them', () => {
    expect(namesIn('我在青石桥街 12 号，楼下的工地夜里还在施工')).toEqual(['青石桥街'])
    expect(namesIn('春熙路和东大街路口积水')).toEqual(['春熙路', '东大街'])
  })

  it('are compounds too, and not the lamp or the surface of a street', () => {
    expect(namesIn('书香轩门口路灯坏了')).toEqual(['书香轩'])
    expect(namesIn('路面塌陷')).toEqual([])
  })

  it('are none where nobody named one', () => {
    expect(namesIn('楼上太吵了')).toEqual([])
    expect(namesIn('')).toEqual([])
  })
})

describe('the place of an earlier report', () => {
  it('is proposed only when the caller is the same and the place is known', () => {
    const incident = anIncident({ address: '青石桥街 12 号' })
    expect(placeOfCaller([like(incident, true)])?.name).toBe('青石桥街 12 号')
    expect(placeOfCaller([like(incident, false)])).toBeUndefined()
    expect(placeOfCaller([like({ ...incident, lon: null }, true)])).toBeUndefined()
  })
})
