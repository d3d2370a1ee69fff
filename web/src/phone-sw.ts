/**
 * The phone's service worker: it keeps the pages of the phone, so that they open without network. It keeps no answer
 * of the API: those hold personal data and stay on the server. The build writes the list of files into it.
 */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Lasting {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Told extends Event {
  data: unknown
}
interface Chosen extends Lasting {
  notification: { close(): void }
}
interface Page {
  url: string
  focus(): Promise<unknown>
}
interface Worker {
  addEventListener(kind: 'push', listener: (event: Lasting) => void): void
  addEventListener(kind: 'notificationclick', listener: (event: Chosen) => void): void
  addEventListener(kind: 'install' | 'activate', listener: (event: Lasting) => void): void
  addEventListener(kind: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(kind: 'message', listener: (event: Told) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; matchAll(what: { type: 'window' }): Promise<Page[]>; openWindow(url: string): Promise<unknown> }
  registration: { showNotification(title: string, what: { body: string; tag: string; renotify: boolean; icon: string; vibrate: number[] }): Promise<void> }
}
const worker = self as unknown as Worker

const family = 'gezhi.phone.'
/** A version of the page, and the addresses of all its files; put in by the build. */
const [version = '', ...files] = JSON.parse('__PHONE_FILES__') as string[]
const page = '/m'

async function keep(): Promise<void> {
  const cache = await caches.open(family + version)
  // Names of assets hold a digest, everything else must not come from the browser's own cache.
  await cache.addAll([page, ...files].map((file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' })))
}

async function forget(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(family) && name !== family + version)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function answer(request: Request, kept: string): Promise<Response> {
  const cache = await caches.open(family + version)
  return (await cache.match(kept)) ?? fetch(request)
}

worker.addEventListener('install', (event) => event.waitUntil(keep()))
worker.addEventListener('activate', (event) => event.waitUntil(forget().then(() => worker.clients.claim())))
// A new version waits until the person agrees: nothing that is being typed is pulled away.
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting()
})
worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin) return
  if (mode === 'navigate' && (pathname === page || pathname.startsWith(`${page}/`))) event.respondWith(answer(event.request, page))
  else if (files.includes(pathname)) event.respondWith(answer(event.request, pathname))
})

/** A wake-up is empty. What it says lies here in the person's language, put by the page when it was switched on. */
async function ring(): Promise<void> {
  const kept = await (await caches.open('gezhi.push')).match('/m/push-words')
  const { title, body } = ((await kept?.json().catch(() => undefined)) ?? { title: '格治', body: '有新的工作，请打开格治' }) as { title: string; body: string }
  await worker.registration.showNotification(title, { body, tag: 'work', renotify: true, icon: '/icon.svg', vibrate: [200, 100, 200] })
}

async function open(): Promise<unknown> {
  const pages = await worker.clients.matchAll({ type: 'window' })
  const there = pages.find(({ url }) => new URL(url).pathname.startsWith(page))
  return there ? there.focus() : worker.clients.openWindow(page)
}

worker.addEventListener('push', (event) => event.waitUntil(ring()))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open())
})
