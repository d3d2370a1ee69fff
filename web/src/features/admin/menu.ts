/** A page of the administration: who holds one of `needs` sees it. */
export interface AdminPlace {
  name: string
  path: string
  label: string
  needs: string[]
}

/** The three kinds of administration; nobody holds them all. */
export type Administration = 'system' | 'security' | 'audit'

/** The pages in the order of the menu, with whoever may use them. */
export const places: (AdminPlace & { of: Administration })[] = [
  { name: 'units', path: '/desk/admin/units', label: 'admin.menu.units', needs: ['unit.manage'], of: 'system' },
  { name: 'areas', path: '/desk/admin/areas', label: 'admin.menu.areas', needs: ['area.manage'], of: 'system' },
  { name: 'redraws', path: '/desk/admin/redraws', label: 'admin.menu.redraws', needs: ['area.manage'], of: 'system' },
  { name: 'lookup', path: '/desk/admin/lookup', label: 'admin.menu.lookup', needs: ['area.manage'], of: 'system' },
  { name: 'patrols', path: '/desk/admin/patrols', label: 'admin.menu.patrols', needs: ['area.manage'], of: 'system' },
  { name: 'staffing', path: '/desk/admin/staffing', label: 'admin.menu.staffing', needs: ['area.manage'], of: 'system' },
  { name: 'import', path: '/desk/admin/import', label: 'admin.menu.import', needs: ['area.manage'], of: 'system' },
  { name: 'categories', path: '/desk/admin/categories', label: 'admin.menu.categories', needs: ['category.manage'], of: 'system' },
  { name: 'rules', path: '/desk/admin/rules', label: 'admin.menu.rules', needs: ['rule.manage'], of: 'system' },
  { name: 'ladders', path: '/desk/admin/ladders', label: 'admin.menu.ladders', needs: ['rule.manage'], of: 'system' },
  { name: 'limits', path: '/desk/admin/limits', label: 'admin.menu.limits', needs: ['clock.manage'], of: 'system' },
  { name: 'calendar', path: '/desk/admin/calendar', label: 'admin.menu.calendar', needs: ['clock.manage'], of: 'system' },
  { name: 'windows', path: '/desk/window/manage', label: 'admin.menu.windows', needs: ['window.manage'], of: 'system' },
  { name: 'cameras', path: '/desk/admin/cameras', label: 'admin.menu.cameras', needs: ['video.manage'], of: 'system' },
  { name: 'office', path: '/desk/admin/office', label: 'admin.menu.office', needs: ['settings.manage'], of: 'system' },
  { name: 'notify', path: '/desk/admin/notify', label: 'admin.menu.notify', needs: ['settings.manage'], of: 'system' },
  { name: 'upkeep', path: '/desk/admin/upkeep', label: 'admin.menu.upkeep', needs: ['settings.manage'], of: 'system' },
  { name: 'accounts', path: '/desk/admin/accounts', label: 'admin.menu.accounts', needs: ['account.read'], of: 'security' },
  { name: 'roles', path: '/desk/admin/roles', label: 'admin.menu.roles', needs: ['role.manage', 'account.read'], of: 'security' },
  { name: 'audit', path: '/desk/admin/audit', label: 'admin.menu.audit', needs: ['audit.read'], of: 'audit' },
]

const may = (held: readonly string[], needs: string[]) => needs.some((need) => held.includes(need))

/** The pages that somebody with these permissions may use. */
export const placesFor = (held: readonly string[]) => places.filter((place) => may(held, place.needs))

/** The administrations that somebody has a part in, in the order of the menu. */
export function administrationsOf(held: readonly string[]): Administration[] {
  return [...new Set(placesFor(held).map((place) => place.of))]
}

/** The permissions of which any one opens the administration. */
export const anyOfThese = [...new Set(places.flatMap((place) => place.needs))]
