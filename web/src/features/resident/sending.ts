import { ref } from 'vue'
import { newIntent } from '@/api/intent'
import { ApiError } from '@/api/error'
import { useCategories, useSendReport } from './api'
import type { Door, Report } from './report'

export interface Sent {
  code: string
  number: string
  /** What it was about, for the list of this device. */
  title: string
}

/** The code just given survives a reload of its page, and goes with the tab. */
const slot = (door: Door) => `gezhi.sent.${door}`

export function lastSent(door: Door): Sent | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(slot(door)) ?? 'null') as Sent | null) ?? undefined
  } catch {
    return undefined
  }
}

function keepSent(door: Door, sent: Sent): void {
  try {
    sessionStorage.setItem(slot(door), JSON.stringify(sent))
  } catch {
    // It is still on the page.
  }
}

/** Sends a report once: the draft and its intent stay until the server has answered, so trying again is always safe. */
export function useSending(door: Door, draft: Report, clear: () => void) {
  const mutation = useSendReport()
  const { fieldsOf } = useCategories()
  const sent = ref<Sent>()

  async function send(): Promise<void> {
    if (mutation.isPending.value || sent.value) return
    try {
      const { code, number } = await mutation.mutateAsync({ report: draft, fields: fieldsOf(draft.category) })
      sent.value = { code, number, title: [...draft.text.trim()].slice(0, 24).join('') }
      keepSent(door, sent.value)
      clear()
    } catch (error) {
      if (!(error instanceof ApiError)) return
      // The text was changed after an attempt whose answer was lost: this is another report now.
      if (error.code === 'request.key_reused') draft.intent = newIntent()
      // What it pointed at was closed meanwhile: it stands for itself now.
      if (error.fieldErrors().has('same_as')) draft.sameAs = ''
    }
  }
  return { sent, send, error: mutation.error, busy: mutation.isPending }
}
