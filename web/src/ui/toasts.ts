import { reactive } from 'vue'

export interface Toast {
  id: number
  text: string
  kind: 'done' | 'error'
  /** Takes back what was done; a rejected promise is shown as an error. */
  undo?: () => Promise<unknown>
  /** What taking it back is called where it is not simply that. */
  undoLabel?: string
  /** Called once when it goes away, for whatever reason. */
  gone?: () => void
  /** Seconds until it goes away. */
  seconds: number
}

/** What the toast host shows, oldest first. */
export const toasts = reactive<Toast[]>([])
const timers = new Map<number, ReturnType<typeof setTimeout>>()
let last = 0

export function dismiss(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  const at = toasts.findIndex((toast) => toast.id === id)
  const [toast] = at >= 0 ? toasts.splice(at, 1) : []
  toast?.gone?.()
}

function show(toast: Omit<Toast, 'id'>): number {
  const id = ++last
  toasts.push({ ...toast, id })
  timers.set(id, setTimeout(() => dismiss(id), toast.seconds * 1000))
  return id
}

/** Says that something was done, for five seconds. */
export const say = (text: string) => show({ text, kind: 'done', seconds: 5 })

/** Says that something went wrong, for ten seconds. */
export const sayError = (text: string) => show({ text, kind: 'error', seconds: 10 })

/** Says that something was done and offers to take it back for ten seconds. */
export const offerUndo = (text: string, undo: () => Promise<unknown>, more: Pick<Toast, 'undoLabel' | 'gone'> = {}) =>
  show({ text, kind: 'done', undo, seconds: 10, ...more })

/** Takes a toast's action back; gives false when that was refused, with the error handed to `failed`. */
export async function takeBack(id: number, failed: (error: unknown) => void): Promise<boolean> {
  const toast = toasts.find((candidate) => candidate.id === id)
  if (!toast?.undo) return false
  dismiss(id)
  try {
    await toast.undo()
    return true
  } catch (error) {
    failed(error)
    return false
  }
}
