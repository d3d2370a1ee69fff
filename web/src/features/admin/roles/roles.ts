import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { Page } from '../shared/paged'
import type { Values } from '../shared/record-form'
import type { AccountView, Reach, RoleMatrix, RoleView } from '../shared/wire'

/** What the form of a role holds. */
export interface RoleForm extends Values {
  code: string
  zh: string
  en: string
  reach: Reach
  permissions: string[]
}

export const roleForm = (role: RoleView | undefined): RoleForm => ({
  code: role?.code ?? '',
  zh: role?.name.zh ?? '',
  en: role?.name.en ?? '',
  reach: role?.reach ?? 'area',
  permissions: role ? [...role.permissions].sort() : [],
})

/** A role like another one, to be given a code and names of its own. */
export const copyOf = (role: RoleView, zh: string, en: string): RoleForm => ({ ...roleForm(role), code: '', zh, en })

/** Whether some of these roles may and others may not. */
export const differs = (roles: RoleView[], permission: string) => new Set(roles.map((role) => role.permissions.includes(permission))).size > 1

export const readRoles = (): Promise<RoleMatrix> => call(api.GET('/api/v1/roles'))

/** Reads one role; the list is all there is to ask. */
export async function readRole(code: string): Promise<RoleView> {
  const role = (await readRoles()).items.find((one) => one.code === code)
  if (!role) throw new Error(`no role ${code}`)
  return role
}

export function sendRole(code: string | undefined, form: RoleForm, sort: number, version: number | undefined, intent: string): Promise<RoleView> {
  const headers = intentHeader(intent)
  const fields = { name: { zh: form.zh, en: form.en }, reach: form.reach, permissions: form.permissions, sort }
  if (code === undefined) return call(api.POST('/api/v1/roles', { body: { ...fields, code: form.code }, headers }))
  return call(api.PUT('/api/v1/roles/{code}', { params: { path: { code } }, body: { ...fields, version: version ?? 0 }, headers }))
}

/** How many enabled accounts hold a role, counted up to what one page holds. */
export async function countHolders(code: string): Promise<{ n: number; more: boolean }> {
  const page: Page<AccountView> = await call(api.GET('/api/v1/accounts', { params: { query: { role: code, disabled: 'false', limit: 200 } } }))
  return { n: page.items?.length ?? 0, more: Boolean(page.next) }
}

/** Permissions by what they are about, in the order of the matrix: the part before the dot. */
export function grouped(permissions: string[]): { about: string; permissions: string[] }[] {
  const groups: { about: string; permissions: string[] }[] = []
  for (const permission of permissions) {
    const about = permission.split('.')[0] ?? ''
    const last = groups.find((group) => group.about === about)
    if (last) last.permissions.push(permission)
    else groups.push({ about, permissions: [permission] })
  }
  return groups
}

/** The set with one permission put in or taken out, in a stable order. */
export const toggled = (held: string[], permission: string) =>
  (held.includes(permission) ? held.filter((one) => one !== permission) : [...held, permission]).sort()
