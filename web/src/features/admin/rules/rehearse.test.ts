import { describe, expect, it } from 'vitest'
import { idle, tested, type Rehearsal } from './rehearse'

const share = (rule_id: string, fits: number, chosen: number, active = true) => ({ rule_id, rule: rule_id, active, fits, chosen })
const result = { rules: [share('a', 5, 5), share('b', 3, 0), share('c', 0, 0, false), share('draft 4', 0, 0)] } as Rehearsal

describe('a rehearsal', () => {
  it('finds the rule that was tested', () => {
    expect(tested(result, 'b')?.fits).toBe(3)
    expect(tested(result)?.rule_id).toBe('draft 4')
    expect(tested(result, 'gone')).toBeUndefined()
  })

  it('names the rules that never decide, but for those that are off', () => {
    expect(idle(result).map((rule) => rule.rule_id)).toEqual(['b', 'draft 4'])
  })
})
