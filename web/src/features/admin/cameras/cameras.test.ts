import { describe, expect, it } from 'vitest'
import { cameraForm, coordinate, nextNumber, type Camera } from './cameras'

describe('the form of a camera', () => {
  it('shows what was read', () => {
    const read: Camera = {
      id: 'c', number: 'A1', name: '东口', kind: 'lookout', state: 'broken', lon: 104.0512345678, lat: 30.65, working: 0, version: 3,
      owner: { id: 'u', name: '一站' }, streams: [{ number: '1', state: 'working' }],
    }
    expect(cameraForm(read)).toEqual({
      number: 'A1', name: '东口', kind: 'lookout', state: 'broken', lon: '104.051235', lat: '30.65', owner: 'u',
      streams: [{ number: '1', name: '', state: 'working', address: '' }],
    })
  })

  it('takes what is no number for no position', () => {
    expect([' 104.05 ', '', '东经', 'Infinity'].map(coordinate)).toEqual([104.05, 0, 0, 0])
  })

  it('counts on with the numbers of streams', () => {
    const of = (...numbers: string[]) => nextNumber(numbers.map((number) => ({ number })))
    expect([of(), of('1', '2'), of('01', '09'), of('east'), of('07', 'east')]).toEqual(['1', '3', '10', '1', '08'])
  })
})
