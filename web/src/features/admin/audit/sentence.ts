import { language, t, te } from '@/i18n'
import type { AuditView } from '../shared/wire'
import { listed, permissionChange } from './audit'

const permissionName = (code: string) => (te(`roles.permission.${code}`) ? t(`roles.permission.${code}`) : code)
const names = (codes: string[]) => codes.map(permissionName).join(language() === 'en' ? ', ' : '、')

/** Who did it, as a person says it: the program itself has no account. */
export const actorName = (entry: AuditView) => (entry.actor_id === '' && te(`audit.system.${entry.actor_name}`) ? t(`audit.system.${entry.actor_name}`) : entry.actor_name || t('audit.program'))

/** The thing by the best name there is: its own, the one kept with the entry, or its code. */
export function objectName(entry: AuditView): string {
  const detail = entry.detail ?? {}
  if (entry.object === 'limit' && te(`limits.stage.${detail.stage}`)) return t(`limits.stage.${detail.stage}`)
  return entry.object_name || detail.name || detail.code || entry.object_id
}

/** What was done, as a sentence without its actor. */
export function sentence(entry: AuditView): string {
  const key = `audit.did.${entry.action}`
  return te(key) ? t(key, { name: objectName(entry) }) : t('audit.did_other', { action: entry.action, name: objectName(entry) })
}

/** What else the entry says: the purpose of a look, the fields that changed, the permissions given and taken. */
export function remarks(entry: AuditView): string[] {
  const detail = entry.detail ?? {}
  const said: string[] = []
  if (detail.purpose) said.push(t('audit.purpose', { text: detail.purpose }))
  if (detail.fields) {
    const fields = listed(detail.fields).map((field) => (te(`audit.field.${field}`) ? t(`audit.field.${field}`) : field))
    said.push(t('audit.fields', { text: fields.join(language() === 'en' ? ', ' : '、') }))
  }
  if (entry.action === 'role.update') {
    const { given, taken } = permissionChange(detail)
    if (given.length) said.push(t('audit.given', { text: names(given) }))
    if (taken.length) said.push(t('audit.taken', { text: names(taken) }))
  }
  if (entry.object === 'account' && detail.role) said.push(t('audit.role', { text: te(`admin.role.${detail.role}`) ? t(`admin.role.${detail.role}`) : detail.role }))
  return said
}
