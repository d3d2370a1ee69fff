import { stored } from '@/ui/stored'

/** What this phone reported, so that its people find their own again; numbers only, newest first. */
export interface Reported {
  id: string
  number: string
  title: string
  at: number
}

const most = 20
const name = (account: string) => `phone.reported.${account}`

function read<T>(key: string): T[] {
  try {
    const list: unknown = JSON.parse(stored.get(key) ?? '[]')
    return Array.isArray(list) ? (list as T[]) : []
  } catch {
    return []
  }
}

export const reportedBy = (account: string) => read<Reported>(name(account))

export function remember(account: string, report: Reported): void {
  const others = reportedBy(account).filter(({ id }) => id !== report.id)
  stored.set(name(account), JSON.stringify([report, ...others].slice(0, most)))
}

const habit = (account: string) => `phone.categories.${account}`
/** The categories that this person chose last: most patrols meet the same few things. */
export const usualCategories = (account: string) => read<string>(habit(account))

export function usedCategory(account: string, code: string): void {
  if (!code) return
  stored.set(habit(account), JSON.stringify([code, ...usualCategories(account).filter((other) => other !== code)].slice(0, 6)))
}
