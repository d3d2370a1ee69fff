import { describe, expect, it } from 'vitest'
import { grouped, roleForm, toggled } from './roles'

describe('the matrix of roles', () => {
  it('groups permissions by what they are about and keeps their order', () => {
    expect(grouped(['incident.read', 'incident.check', 'area.read', 'reporter.view', 'area.manage'])).toEqual([
      { about: 'incident', permissions: ['incident.read', 'incident.check'] },
      { about: 'area', permissions: ['area.read', 'area.manage'] },
      { about: 'reporter', permissions: ['reporter.view'] },
    ])
  })

  it('is unchanged after a permission is given and taken again', () => {
    const role = {
      code: 'duty', name: { zh: '值班员', en: 'Duty officer' }, reach: 'area' as const, administers: '' as const,
      permissions: ['unit.read', 'area.read'], sort: 10, version: 1,
    }
    const held = roleForm(role).permissions
    expect(toggled(toggled(held, 'incident.read'), 'incident.read')).toEqual(held)
    expect(toggled(held, 'area.read')).toEqual(['unit.read'])
  })
})
