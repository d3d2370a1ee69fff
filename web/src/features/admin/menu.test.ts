import { describe, expect, it } from 'vitest'
import { administrationsOf, placesFor } from './menu'

const names = (held: string[]) => placesFor(held).map((place) => place.name)

describe('the menu of the administration', () => {
  it('shows each administrator only the own part', () => {
    expect(names(['area.manage', 'unit.manage', 'category.manage', 'rule.manage', 'clock.manage', 'settings.manage', 'area.read'])).toEqual([
      'units', 'areas', 'redraws', 'lookup', 'patrols', 'staffing', 'import', 'categories', 'rules', 'ladders', 'limits', 'calendar', 'office', 'notify', 'upkeep',
    ])
    expect(names(['account.read', 'account.manage', 'role.manage', 'unit.read'])).toEqual(['accounts', 'roles'])
    expect(names(['audit.read'])).toEqual(['audit'])
  })

  it('shows nothing to who only works with incidents', () => {
    expect(names(['incident.read', 'area.read', 'unit.read'])).toEqual([])
    expect(administrationsOf(['incident.read'])).toEqual([])
  })

  it('names each administration once', () => {
    expect(administrationsOf(['area.manage', 'unit.manage', 'account.read'])).toEqual(['system', 'security'])
  })
})
