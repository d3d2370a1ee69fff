import { ref } from 'vue'
import { newIntent } from '@/api/intent'
import { ApiError } from '@/api/error'
import { useSendReport } from './api'
import type { Report } from './report'

export interface Sent {
  code: string
  number: string
}

/** Sends a report once: the draft and its intent stay until the server has answered, so trying again is always safe. */
export function useSending(draft: Report, clear: () => void) {
  const mutation = useSendReport()
  const sent = ref<Sent>()

  async function send(): Promise<void> {
    if (mutation.isPending.value) return
    try {
      sent.value = await mutation.mutateAsync(draft)
      clear()
    } catch (error) {
      // The text was changed after an attempt whose answer was lost: this is another report now.
      if (error instanceof ApiError && error.code === 'request.key_reused') draft.intent = newIntent()
    }
  }
  return { sent, send, error: mutation.error, busy: mutation.isPending }
}
