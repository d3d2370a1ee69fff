import { describe, expect, it } from 'vitest'
import { copyOf, differs, grouped, roleForm, toggled } from './roles'

const role = (code: string, permissions: string[]) => ({
  code, name: { zh: code, en: code }, reach: 'area' as const, administers: '' as const, permissions, sort: 10, version: 1,
})

describe('the matrix of roles', () => {
  it('marks what one of two roles may and the other may not', () => {
    const two = [role('a', ['area.read', 'incident.read']), role('b', ['incident.read', 'unit.read'])]
    expect(['incident.read', 'area.read', 'unit.read', 'role.manage'].map((permission) => differs(two, permission))).toEqual([false, true, true, false])
  })

  it('copies a role without its code', () => {
    const copy = copyOf(role('duty', ['incident.read']), '值班员（副本）', 'Duty (copy)')
    expect(copy).toMatchObject({ code: '', zh: '值班员（副本）', permissions: ['incident.read'] })
  })

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
