import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onMounted, ref } from 'vue'
import { api, call } from '@/api/client'
import { t } from '@/i18n'

/** Where the words of the wake-up lie for the service worker, which knows no language. */
const wordsCache = 'gezhi.push'
export const wordsAt = '/m/push-words'

const key = ['alerts']

/** What stands in the way of waking this phone; undefined when nothing does. */
export type Obstacle = 'push_off' | 'push_unsupported' | 'push_denied'

export const pushSupported = () => isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** The key as a browser wants it. */
export function keyBytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/m')
  return (await registration?.pushManager.getSubscription()) ?? null
}

async function keepWords(): Promise<void> {
  const cache = await caches.open(wordsCache)
  await cache.put(wordsAt, new Response(JSON.stringify({ title: t('common.product'), body: t('alerts.wake') })))
}

async function begin(pushKey: string): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error('push_denied')
  const registration = await navigator.serviceWorker.ready
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: keyBytes(pushKey) })
  await keepWords()
  await call(api.POST('/api/v1/notify/me/push', { body: { endpoint: made.endpoint } }))
}

/** Lets this phone sleep: somebody switched it off, or signs out. */
export async function endPush(): Promise<void> {
  if (!pushSupported()) return
  const made = await subscription()
  if (!made) return
  // The server first: it must not go on waking a phone that no longer knows it subscribed.
  await call(api.POST('/api/v1/notify/me/push/end', { body: { endpoint: made.endpoint } }))
  await made.unsubscribe()
}

/** How the person is told of work outside the page. */
export function useAlerts() {
  const client = useQueryClient()
  const query = useQuery({ queryKey: key, queryFn: () => call(api.GET('/api/v1/notify/me')) })
  const awake = ref(false)
  const look = async () => void (awake.value = pushSupported() && Notification.permission === 'granted' && (await subscription()) !== null)
  onMounted(() => void look().catch(() => undefined))
  const obstacle = computed<Obstacle | undefined>(() => {
    if (!query.data.value?.push_key) return 'push_off'
    if (!pushSupported()) return 'push_unsupported'
    return Notification.permission === 'denied' ? 'push_denied' : undefined
  })
  const turnPush = useMutation({
    mutationFn: (on: boolean) => (on ? begin(query.data.value?.push_key ?? '') : endPush()),
    onSettled: () => Promise.all([look(), client.invalidateQueries({ queryKey: key })]),
  })
  const turnSMS = useMutation({
    mutationFn: (sms: boolean) => call(api.PUT('/api/v1/notify/me', { body: { sms } })),
    onSuccess: (now) => client.setQueryData(key, now),
  })
  return { choice: query.data, awake, obstacle, turnPush, turnSMS }
}
