import { onScopeDispose, ref, type Ref } from 'vue'
import { serverTime } from '@/api/clock'

const rightTime = () => serverTime(Date.now())
const now = ref(rightTime())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for the whole page, ticking each second while somebody looks at it; right also where the device's is not. */
export function useNow(): Readonly<Ref<number>> {
  if (users++ === 0) {
    now.value = rightTime()
    timer = setInterval(() => (now.value = rightTime()), 1000)
  }
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return now
}
