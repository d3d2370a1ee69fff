import { t } from '@/i18n'
import { calling } from '@/incident/calling'
import { useKeys, type KeyBinding, type KeyGroup } from '@/ui/keys'
import type { BatchAction } from './batch'
import { works, type Work } from './work'

interface Hands {
  walk: (by: 1 | -1, select?: boolean) => void
  settle: () => void
  close: () => void
  toggle: () => void
  all: () => void
  none: () => void
  batch: (action: BatchAction) => void
  tab: (name: Work) => void
  moved: () => boolean
  open: () => boolean
  chosen: () => number
}

/** Space chooses a row only where it does nothing else: in the list, or where the keyboard stands nowhere. */
const inList = () => {
  const at = document.activeElement
  return !at || at === document.body || at.getAttribute('role') === 'listbox'
}

/** The keys of the queue. They rest while a call is being written down. */
export function useQueueKeys(hands: Hands): void {
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
    ...works.map((name, i) => key(`Alt+${i + 1}`, 'list', () => t('desk.key.tab', { n: t(`desk.tab.${name}`) }), () => hands.tab(name))),
    key('Escape', 'item', said('close'), hands.close, hands.open),
    key('X', 'select', said('select'), hands.toggle, hands.open),
    key('Space', 'select', said('select'), hands.toggle, () => hands.open() && inList()),
    key('Shift+J', 'select', said('select_next'), () => hands.walk(1, true)),
    key('Shift+K', 'select', said('select_previous'), () => hands.walk(-1, true)),
    key('Ctrl+A', 'select', said('select_all'), hands.all, inList),
    key('Shift+X', 'select', said('select_none'), hands.none, () => hands.chosen() > 0),
    key('Shift+D', 'select', said('batch_dispatch'), () => hands.batch('dispatch'), () => hands.chosen() > 0),
    key('Shift+A', 'select', said('batch_accept'), () => hands.batch('accept'), () => hands.chosen() > 0),
  ])
}
