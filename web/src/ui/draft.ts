import { reactive, ref, watch } from 'vue'
import { stored } from './stored'

/** Whose drafts these are: whoever signs in next at this computer must not read them. Empty while nobody is known. */
export const draftOwner = ref('')

/**
 * What a person types, kept in this browser until it is sent: a closed tab, a lost session or a dead battery loses
 * nothing. `start` gives the empty form. A draft made by an older version of the page keeps the fields still known.
 */
export function useDraft<T extends object>(key: string, start: () => T) {
  const name = `draft.${key}`
  const draft = reactive(start()) as T
  const saved = read(stored.get(name))
  for (const field of Object.keys(draft) as (keyof T)[]) {
    const old = saved[field as string]
    if (old !== undefined && (draft[field] == null || typeof old === typeof draft[field])) draft[field] = old as T[keyof T]
  }
  watch(draft, () => stored.set(name, JSON.stringify(draft)), { deep: true, flush: 'sync' })

  /** Forgets the draft: it was sent, or thrown away. */
  function clear(): void {
    Object.assign(draft, start())
    stored.remove(name)
  }
  return { draft, clear }
}

function read(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
