import { listAccounts } from './accounts/accounts'
import { listAreas, listPatrols } from './areas/areas'
import type { Administration } from './menu'
import { listRules } from './rules/rules'
import { listUnits } from './units/units'

/** One thing to do first in a new office. `count` says how much of it is there; 0 is not done yet. */
export interface Step {
  name: string
  of: Administration
  needs: string
  to?: string
  count: () => Promise<number>
}

const sizeOf = async (list: Promise<{ items: unknown[] | null }>) => (await list).items?.length ?? 0

/** The steps in the order that works: who can be given work, where it lies, who gets what, who signs in. */
const steps: Step[] = [
  {
    name: 'units', of: 'system', needs: 'unit.manage', to: '/desk/admin/units/new',
    count: () => sizeOf(listUnits({ q: '', kind: '', open: 'true', sort: 'name' })),
  },
  { name: 'areas', of: 'system', needs: 'area.manage', to: '/desk/admin/areas/new', count: () => sizeOf(listAreas({ parent: 'root' })) },
  { name: 'patrols', of: 'system', needs: 'area.manage', to: '/desk/admin/patrols/new', count: async () => (await listPatrols()).length },
  { name: 'rules', of: 'system', needs: 'rule.manage', to: '/desk/admin/rules/try', count: async () => (await listRules()).filter((rule) => rule.active).length },
  {
    name: 'accounts', of: 'security', needs: 'account.manage', to: '/desk/admin/accounts/new',
    // The administrators of the set-up are there from the beginning; somebody must work, too.
    count: async () => ((await listAccounts({ disabled: 'false' }, undefined, 200)).items ?? []).filter((account) => account.posts.some((post) => !post.role.endsWith('_admin'))).length,
  },
  {
    name: 'duty', of: 'security', needs: 'account.manage', to: '/desk/admin/accounts/new',
    count: () => sizeOf(listAccounts({ role: 'duty', disabled: 'false' })),
  },
  { name: 'trail', of: 'audit', needs: 'audit.read', to: '/desk/admin/audit', count: () => Promise.resolve(1) },
]

/** The steps of somebody with these permissions. */
export const stepsFor = (held: readonly string[]) => steps.filter((step) => held.includes(step.needs))
