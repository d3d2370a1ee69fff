import { reactive, watch } from 'vue'
import { stored } from './stored'

/** Where preferences are kept for an account beyond this browser. */
export interface PreferenceStore {
  read: () => Promise<Record<string, unknown>>
  write: (name: string, value: unknown) => Promise<unknown>
}

/** How long to wait after the last change before it is sent. */
const pause = 600

/**
 * A small thing that an account wishes to find again: which filters, which views, how dense. It is there at once from
 * this browser, then as the account last left it anywhere. Nobody loses work when keeping it fails, so that is silent.
 * `account` keeps those apart who share a computer.
 */
export function usePreference<T extends object>(account: string, name: string, start: () => T, store?: PreferenceStore) {
  const key = `prefer.${account}.${name}`
  const value = reactive(fit(parse(stored.get(key)), start())) as T
  let timer: ReturnType<typeof setTimeout> | undefined
  let touched = false
  let taking = false

  const ready = store
    ?.read()
    .then((all) => {
      // What was changed meanwhile is the newer wish.
      if (touched || all[name] === undefined) return
      taking = true
      Object.assign(value, fit(all[name], start()))
      taking = false
    })
    .catch(() => undefined)

  watch(
    value,
    () => {
      stored.set(key, JSON.stringify(value))
      if (taking || !store) return
      touched = true
      clearTimeout(timer)
      timer = setTimeout(() => void store.write(name, JSON.parse(JSON.stringify(value))).catch(() => undefined), pause)
    },
    { deep: true, flush: 'sync' },
  )
  return { value, ready: ready ?? Promise.resolve() }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
}

/** Takes over what is still known and of the same kind; an older page may have kept something else. */
function fit<T extends object>(saved: unknown, start: T): T {
  if (saved === null || typeof saved !== 'object') return start
  const old = saved as Record<string, unknown>
  for (const field of Object.keys(start) as (keyof T & string)[]) {
    const value = old[field]
    if (value !== undefined && typeof value === typeof start[field] && Array.isArray(value) === Array.isArray(start[field])) {
      start[field] = value as T[keyof T & string]
    }
  }
  return start
}
