import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { darkNow, setTheme } from '@/ui/appearance'
import { useKeys } from '@/ui/keys'
import type { useBoard } from './board'

/** The keys of the wall: through the areas, back from what is chosen, the replay, the light. */
export function useWallKeys(board: ReturnType<typeof useBoard>, on: { back: () => boolean; full: () => void; help: () => void; rest: () => boolean }): void {
  const { t } = useI18n()

  /** The areas beside the one that is shown, in the order in which the level above lists them. */
  let siblings: string[] = []
  let below: string[] = []
  watch(board.data, (now) => {
    if (below.includes(board.area.value)) siblings = below
    below = now?.area.children.map((one) => one.id) ?? []
  })
  function beside(step: number): void {
    const at = siblings.indexOf(board.area.value)
    const next = siblings[(at + step + siblings.length) % siblings.length]
    if (at >= 0 && next) board.drill(next)
  }
  function back(): void {
    if (on.back()) return
    if (board.replaying.value) board.replaying.value = false
    else board.up()
  }

  const key = (name: string, label: string, run: () => void) => ({
    key: name,
    // Read when the sheet is shown: the language may have changed meanwhile.
    get label() {
      return t(label)
    },
    run,
    when: () => !on.rest(),
  })
  useKeys([
    key('F', 'screen.key.full', on.full),
    key('Escape', 'screen.key.up', back),
    key('ArrowUp', 'screen.key.up', board.up),
    key('ArrowDown', 'screen.key.down', () => board.drill(below[0] ?? board.area.value)),
    key('ArrowLeft', 'screen.key.before', () => beside(-1)),
    key('ArrowRight', 'screen.key.after', () => beside(1)),
    key('R', 'screen.key.replay', () => (board.replaying.value = !board.replaying.value)),
    key('L', 'screen.key.light', () => setTheme(darkNow.value ? 'light' : 'dark')),
    key('?', 'common.keys', on.help),
  ])
}
