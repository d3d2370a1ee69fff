import { onScopeDispose, reactive } from 'vue'

/** The parts of the key sheet, in the order in which they are shown. */
export const keyGroups = ['call', 'list', 'select', 'item', 'page'] as const
export type KeyGroup = (typeof keyGroups)[number]

export interface KeyBinding {
  /** As printed: `N`, `/`, `Ctrl+Enter`, `Shift+J`, `?`. A letter also matches with Shift where nothing else is bound to that. */
  key: string
  /** Where the key sheet lists it; `page` when not said. */
  group?: KeyGroup
  /** What it does, translated. */
  label: string
  run: (event: KeyboardEvent) => void
  /** Also while a text field has the focus; otherwise letters typed there stay letters. */
  inFields?: boolean
  /** Also while a dialog is open; the keys of the page below rest then. */
  inDialogs?: boolean
  /** False switches it off for now; it is then not listed either. */
  when?: () => boolean
}

/** All bindings in effect, the newest last: a dialog's bindings win over the page's. */
export const bindings = reactive<KeyBinding[]>([])

const typing = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]'

/** How a key event is printed, in the same form as `KeyBinding.key`. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const shift = event.shiftKey && /^[A-Z]$/.test(key)
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', key].filter(Boolean).join('+')
}

/** What an event may be bound as: with Shift first, and then the letter alone, as caps lock gives it. */
function namesOf(event: KeyboardEvent): string[] {
  const name = keyName(event)
  return name.includes('Shift+') ? [name, name.replace('Shift+', '')] : [name]
}

/** Runs the binding of a key event, if there is one; true when it was used. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  const inField = event.target instanceof Element && event.target.matches(typing)
  // A dialog of the platform has the page's attention; its own keys are those of the browser and of its bindings.
  const dialog = document.querySelector('dialog[open]')
  for (const name of namesOf(event)) {
    const binding = bindings.findLast(
      (one) => one.key === name && (!inField || one.inFields) && (!dialog || one.inDialogs) && one.when?.() !== false,
    )
    if (!binding) continue
    event.preventDefault()
    binding.run(event)
    return true
  }
  return false
}

/** Binds keys while the component lives. */
export function useKeys(own: KeyBinding[]): void {
  if (bindings.length === 0) document.addEventListener('keydown', handleKey)
  bindings.push(...own)
  onScopeDispose(() => {
    for (const binding of own) {
      const at = bindings.findIndex((candidate) => candidate.key === binding.key && candidate.label === binding.label)
      if (at >= 0) bindings.splice(at, 1)
    }
    if (bindings.length === 0) document.removeEventListener('keydown', handleKey)
  })
}
