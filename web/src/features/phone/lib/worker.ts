import { ref } from 'vue'

/** A new version of the page that has been fetched and waits for the person's word. */
export const waitingVersion = ref<ServiceWorker>()

function follow(registration: ServiceWorkerRegistration): void {
  const found = () => {
    // The very first version has nobody to wait for.
    if (registration.waiting && navigator.serviceWorker.controller) waitingVersion.value = registration.waiting
  }
  found()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', found))
}

const hour = 3_600_000

/** Lets the phone open without network and tells when there is a new version. Does nothing where that is not possible. */
export async function startWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register('/phone-sw.js', { scope: '/m' })
    follow(registration)
    setInterval(() => void registration.update().catch(() => undefined), hour)
  } catch {
    // The page works without; it only does not open without network.
  }
}

/** Takes the new version: the page comes back as it was, because everything unsent is kept. */
export function takeVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waitingVersion.value?.postMessage('take-over')
}
