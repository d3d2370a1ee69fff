import { describe, expect, it } from 'vitest'
import type { DetailField } from '@/incident/details'
import { moved, newField, newOption, takenAway } from './fields'

const field = (name: string, retired = false): DetailField => ({ name, label: name, label_en: name, type: 'text', wanted: false, residents: false, retired })
const names = (fields: DetailField[]) => fields.map((one) => one.name).join(' ')

describe('the fields of a category', () => {
  it('get a name that nobody has', () => {
    expect(newField([field('field_2')]).name).toBe('field_3')
    expect(newOption([{ value: 'o2', label: '', label_en: '' }]).value).toBe('o3')
  })
  it('move past what is not asked any more', () => {
    expect(names(moved([field('a'), field('x', true), field('b')], 'b', -1))).toBe('b x a')
    expect(names(moved([field('a'), field('b')], 'a', -1))).toBe('a b')
  })
  it('stay as retired once they were saved', () => {
    expect(takenAway([field('a')], 'a', [field('a')])[0]?.retired).toBe(true)
    expect(takenAway([field('a')], 'a', [])).toEqual([])
  })
})
