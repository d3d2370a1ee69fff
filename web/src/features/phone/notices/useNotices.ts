import { computed, watch } from 'vue'
import { useCurrent, useNoticeNews } from '@/notice/api'
import { keepNotices, keptNotices, foremost, holding } from '@/notice/shown'
import { useNow } from '@/ui/now'
import { useWho } from '../lib/who'

/** The notices that hold now, emergencies first; without network those that this phone knew last. */
export function useNotices() {
  const { id, may } = useWho()
  const now = useNow()
  useNoticeNews(() => may('incident.read'))
  const query = useCurrent('phones', () => id.value !== '')
  watch(
    () => query.data.value,
    (answer) => answer && id.value && keepNotices(id.value, answer.items),
  )
  const old = computed(() => !query.data.value)
  const known = computed(() => query.data.value?.items ?? (id.value ? keptNotices(id.value) : []))
  const list = computed(() => foremost(holding(known.value, now.value), 100).first)
  return { ...query, list, old }
}
