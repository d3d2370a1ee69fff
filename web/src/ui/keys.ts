import { onScopeDispose, reactive } from 'vue'

export interface KeyBinding {
  /** As printed: `N`, `/`, `Ctrl+Enter`, `?`. Letters match without Shift. */
  key: string
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
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', key].filter(Boolean).join('+')
}

/** Runs the binding of a key event, if there is one; true when it was used. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  const inField = event.target instanceof Element && event.target.matches(typing)
  // A dialog of the platform has the page's attention; its own keys are those of the browser and of its bindings.
  const dialog = document.querySelector('dialog[open]')
  const name = keyName(event)
  for (let i = bindings.length - 1; i >= 0; i--) {
    const binding = bindings[i]
    if (!binding || binding.key !== name || (inField && !binding.inFields) || binding.when?.() === false) continue
    if (dialog && !binding.inDialogs) continue
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
