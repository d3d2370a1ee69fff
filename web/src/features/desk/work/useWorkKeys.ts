import { t } from '@/i18n'
import { calling } from '@/incident/calling'
import { useKeys, type KeyBinding, type KeyGroup } from '@/ui/keys'
import { lists, type List } from './orders'

interface Hands {
  walk: (by: 1 | -1, select?: boolean) => void
  settle: () => void
  close: () => void
  print: () => void
  toggle: () => void
  all: () => void
  none: () => void
  list: (name: List) => void
  moved: () => boolean
  open: () => boolean
  chosen: () => number
}

/** The keys of a unit's list: the same as the duty desk's where they do the same. */
export function useWorkKeys(hands: Hands): void {
  const key = (name: string, group: KeyGroup, label: () => string, run: () => void, when = () => true): KeyBinding => ({
    key: name,
    group,
    get label() {
      return label()
    },
    run,
    when: () => !calling.value && when(),
  })
  const said = (name: string) => () => t(`desk.key.${name}`)
  useKeys([
    key('J', 'list', said('next'), () => hands.walk(1)),
    key('K', 'list', said('previous'), () => hands.walk(-1)),
    key('R', 'list', said('settle'), hands.settle, hands.moved),
    ...lists.map((name, i) => key(`Alt+${i + 1}`, 'list', () => t('desk.key.tab', { n: t(`work.list.${name}`) }), () => hands.list(name))),
    key('Escape', 'item', said('close'), hands.close, hands.open),
    key('P', 'item', () => t('work.print.key'), hands.print, () => hands.open() || hands.chosen() > 0),
    key('X', 'select', said('select'), hands.toggle, hands.open),
    key('Shift+J', 'select', said('select_next'), () => hands.walk(1, true)),
    key('Shift+K', 'select', said('select_previous'), () => hands.walk(-1, true)),
    key('Ctrl+A', 'select', said('select_all'), hands.all),
    key('Shift+X', 'select', said('select_none'), hands.none, () => hands.chosen() > 0),
  ])
}
