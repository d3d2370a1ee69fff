import { computed, inject, onBeforeUnmount, onMounted, provide, ref, shallowRef, watch, type InjectionKey } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, call, onSignedOut } from '@/api/client'
import { clockAway } from '@/api/clock'
import { ApiError } from '@/api/error'
import { live } from '@/api/live'
import { useNow } from '@/ui/now'
import { AreaWatch, type AreaNews } from './area-watch'
import { BoardLoop } from './board-loop'
import { clockBound, statusOf } from './health'
import type { Moment } from './map/course'
import { showOfficeTimes } from './office-zone'
import type { AreaRef, Board } from './types'

/** For how long the wall says what became of an area. */
const newsTime = 60_000

const key: InjectionKey<ReturnType<typeof makeBoard>> = Symbol('board')

/** The board of the wall that this part belongs to. */
export function useBoard(): ReturnType<typeof makeBoard> {
  const board = inject(key)
  if (!board) throw new Error('there is no board above this part')
  return board
}

/** Makes the board of a wall and hands it to all parts below. */
export function provideBoard(): ReturnType<typeof makeBoard> {
  const board = makeBoard()
  provide(key, board)
  return board
}

/**
 * What the wall shows, and how it stands to the server. One connection tells what changed, one answer holds all
 * figures, read at most once a second; what goes wrong is told by `status` and heals by itself.
 */
function makeBoard() {
  const route = useRoute()
  const router = useRouter()
  const now = useNow()

  const text = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '')
  /** The area that is asked for; empty: all that this account may see. */
  const area = computed(() => text('area'))
  /** The day that is asked for; empty: today, also after midnight. */
  const day = computed(() => text('day'))
  const data = shallowRef<Board>()
  const error = shallowRef<unknown>()
  const failing = shallowRef<{ status: number; since: number }>()
  const signedOut = ref(false)
  const online = ref(navigator.onLine)
  const streamAway = ref<number>()
  const replaying = ref(false)
  /** The moment that a replay stands at, and what the map counted there. */
  const replayAt = ref<number>()
  const moment = shallowRef<Moment>()
  /** The whole of what the account may see, where that is one area. */
  const top = shallowRef<AreaRef>()
  const news = shallowRef<AreaNews & { until: number }>()
  /** Goes up when boundaries changed, so that the map draws them anew. */
  const drawing = ref(0)

  const go = (change: Record<string, string | undefined>) => void router.replace({ query: { ...route.query, ...change } })
  const drill = (id: string) => go({ area: id || undefined })
  /** One level up; above the whole of what the account may see there is nothing. */
  const up = () => {
    const above = data.value?.area.path.at(-2)?.id ?? ''
    if (area.value) drill(above === top.value?.id ? '' : above)
  }
  const show = (wanted: string) => go({ day: wanted || undefined })

  const watchArea = new AreaWatch((told) => {
    news.value = { ...told, until: now.value + newsTime }
    if (told.kind === 'redrawn') drawing.value++
    else drill(told.to?.id ?? '')
    loop.start()
  })

  const loop = new BoardLoop<Board>({
    read: (signal) =>
      call(api.GET('/api/v1/figures/board', { params: { query: { area: area.value || undefined, day: day.value || undefined } }, signal })),
    took: (answer) => {
      showOfficeTimes(answer.zone)
      data.value = answer
      if (!area.value) top.value = answer.area
      error.value = failing.value = undefined
      signedOut.value = false
      watchArea.show(area.value ? answer.area.path : [])
    },
    failed: (cause) => {
      error.value = cause
      const status = cause instanceof ApiError ? cause.status : 0
      failing.value = { status, since: failing.value?.since ?? performance.now() }
      // An address that somebody typed may name a day that is none.
      if (status === 422 && day.value) show('')
      if (status === 404 && area.value) {
        const told = watchArea.lost() ?? { kind: 'gone' as const, name: '' }
        news.value = { ...told, until: now.value + newsTime }
        drill(told.kind === 'gone' ? (told.to?.id ?? '') : '')
      }
    },
    fed: () => live.status.value === 'open',
  })

  function forget(): void {
    data.value = top.value = news.value = undefined
    loop.start()
  }
  function signedIn(): void {
    signedOut.value = false
    live.again()
    loop.start()
  }
  const back = () => {
    online.value = true
    loop.hurry()
  }
  const gone = () => (online.value = false)

  let stops: (() => void)[] = []
  onMounted(() => {
    addEventListener('online', back)
    addEventListener('offline', gone)
    stops = [onSignedOut(() => (signedOut.value = true)), live.listen(() => loop.ask())]
    loop.start()
    watchArea.start()
  })
  onBeforeUnmount(() => {
    removeEventListener('online', back)
    removeEventListener('offline', gone)
    for (const stop of stops) stop()
    loop.stop()
    watchArea.stop()
  })

  watch([area, day], () => loop.start())
  watch(replaying, (on) => {
    if (!on) replayAt.value = moment.value = undefined
  })
  watch(
    live.status,
    (status) => {
      streamAway.value = status === 'open' ? undefined : (streamAway.value ?? performance.now())
      // What happened while the stream was away is in the next answer, and not in the stream.
      if (status === 'open') loop.hurry()
    },
    { immediate: true },
  )
  watch(now, (at) => {
    if (news.value && at > news.value.until) news.value = undefined
  })

  return {
    area, day, data, error, drill, up, show, top, replaying, replayAt, moment, news, drawing, signedIn, forget,
    /** Whether what is shown is the day that is running. */
    today: computed(() => day.value === ''),
    status: computed(() => {
      void now.value
      return statusOf({ signedOut: signedOut.value, online: online.value, failing: failing.value, stream: live.status.value, streamAway: streamAway.value, now: performance.now() })
    }),
    /** Since when nothing came, by the server's time of the last answer. */
    at: computed(() => data.value?.at),
    /** By how much the clock of the wall's computer is wrong, in ms; 0 while nobody would notice. */
    wrongClock: computed(() => {
      void now.value
      return Math.abs(clockAway()) > clockBound ? clockAway() : 0
    }),
  }
}
