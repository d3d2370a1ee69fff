import { onBeforeUnmount, watch } from 'vue'
import type { useBoard } from './board'

/** After somebody touched the wall, the tour leaves it alone for so long. */
const respect = 120_000

/** The next stop of a tour: the whole first, then each of its parts, and from the last one back to the whole. */
export function nextStop(here: string, stops: readonly string[]): string {
  const round = ['', ...stops]
  return round[(round.indexOf(here) + 1) % round.length] ?? ''
}

/** Leads the wall through the areas below its top, so many seconds at each. `free`: nobody looks at anything closely. */
export function useTour(board: ReturnType<typeof useBoard>, seconds: () => number, free: () => boolean): { touch: () => void } {
  let touched = -Infinity
  let stops: string[] = []
  let timer: ReturnType<typeof setInterval> | undefined

  watch(board.data, (data) => {
    if (data && board.area.value === '') stops = data.area.children.map((one) => one.id)
  })
  watch(
    seconds,
    (every) => {
      clearInterval(timer)
      if (every > 0) timer = setInterval(() => {
        if (free() && performance.now() - touched > respect) board.drill(nextStop(board.area.value, stops))
      }, every * 1000)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearInterval(timer))
  return { touch: () => (touched = performance.now()) }
}
