import { onUnmounted } from 'vue'

/** Tells that the keyboard stands nowhere: nothing has the focus yet, or what had it is gone. */
export const focusLost = () => document.activeElement === null || document.activeElement === document.body

/** Gives the focus back to what had it when the component came, unless it has gone elsewhere meanwhile. */
export function useFocusBack(): void {
  const before = document.activeElement
  onUnmounted(() => {
    if (before instanceof HTMLElement && before.isConnected && focusLost()) before.focus()
  })
}
