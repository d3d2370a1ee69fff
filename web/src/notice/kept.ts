import { stored } from '@/ui/stored'
import type { ShownNotice } from './api'

const key = (account: string) => `notices.${account}`

/** The notices that this phone knew last for an account, for when there is no network. */
export function keptNotices(account: string): ShownNotice[] {
  try {
    const list: unknown = JSON.parse(stored.get(key(account)) ?? '[]')
    return Array.isArray(list) ? list.filter((one): one is ShownNotice => typeof one?.id === 'string' && typeof one?.until === 'number') : []
  } catch {
    return []
  }
}

export function keepNotices(account: string, list: readonly ShownNotice[]): void {
  stored.set(key(account), JSON.stringify(list))
}

const mostMarked = 200

/** Remembers in this browser for which notices something was done, so that it is done once. */
export class Marks {
  constructor(private readonly name: string) {}

  /** Those of some that were not marked yet; they are now. */
  take(ids: readonly string[]): string[] {
    const known = (stored.get(this.name) ?? '').split(' ').filter(Boolean)
    const fresh = ids.filter((id) => !known.includes(id))
    if (fresh.length) stored.set(this.name, [...known, ...fresh].slice(-mostMarked).join(' '))
    return fresh
  }
}
