import { shallowRef } from 'vue'

/** What browsers that can install a page hand over before they would ask themselves. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

/** Set where the browser offers to install; the page then has a button for it. */
export const offerInstall = shallowRef<InstallPrompt>()

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offerInstall.value = event as InstallPrompt
})

export async function install(): Promise<void> {
  await offerInstall.value?.prompt()
  offerInstall.value = undefined
}
