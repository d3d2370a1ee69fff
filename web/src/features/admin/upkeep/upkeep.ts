import type { components } from '@/api/schema'
import { api, call } from '@/api/client'
import { newIntent, intentHeader } from '@/api/intent'

export type Upkeep = components['schemas']['UpkeepStateView']
export type Plan = components['schemas']['UpkeepPlanView']
export type Archive = components['schemas']['UpkeepArchiveView']

export const readUpkeep = (): Promise<Upkeep> => call(api.GET('/api/v1/upkeep'))
export const makeBackup = (): Promise<Upkeep> => call(api.POST('/api/v1/upkeep/backups', { headers: intentHeader(newIntent()) }))
export const rehearse = (name: string): Promise<Upkeep> =>
  call(api.POST('/api/v1/upkeep/backups/{name}/rehearse', { params: { path: { name } }, headers: intentHeader(newIntent()) }))
export const remove = (name: string): Promise<Upkeep> => call(api.DELETE('/api/v1/upkeep/backups/{name}', { params: { path: { name } } }))
export const downloadAddress = (name: string) => `/api/v1/upkeep/backups/${encodeURIComponent(name)}`

/** Bytes as people say them, in the units of disks (1 GB = 10⁹ bytes). */
export function sized(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let n = bytes
  let unit = 0
  while (n >= 999.5 && unit < units.length - 1) {
    n /= 1000
    unit++
  }
  return `${n >= 10 || unit === 0 ? Math.round(n) : n.toFixed(1)} ${units[unit]}`
}
