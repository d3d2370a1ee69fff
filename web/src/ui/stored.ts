/**
 * Small settings and drafts of this browser. Storage may be switched off or full; then they live in memory
 * until the page is left, and nothing fails.
 */
const prefix = 'gezhi.'
const memory = new Map<string, string>()

export const stored = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(prefix + key) ?? memory.get(key) ?? null
    } catch {
      return memory.get(key) ?? null
    }
  },
  set(key: string, value: string): void {
    memory.set(key, value)
    try {
      localStorage.setItem(prefix + key, value)
    } catch {
      // Kept in memory above.
    }
  },
  remove(key: string): void {
    memory.delete(key)
    try {
      localStorage.removeItem(prefix + key)
    } catch {
      // Nothing was stored.
    }
  },
}
