import { api, call } from '@/api/client'
import type { components } from '@/api/schema'
import { intentHeader } from '@/api/intent'
import { t } from '@/i18n'
import { clockTime } from '@/ui/time'
import type { Page } from '../shared/paged'
import type { Values } from '../shared/record-form'

type Schemas = components['schemas']
export type Sender = Schemas['NotifySenderView']
export type SenderFields = Schemas['NotifyFields']
export type Message = Schemas['NotifyMessageView']
export type Settings = Schemas['NotifySettings']
export type Tried = Schemas['NotifyTried']
export type MessageState = Message['state']

/** What the form of a sender holds; the secret is empty unless somebody types a new one. */
export interface SenderForm extends Values, SenderFields {
  secret: string
}

/** The values that a template may name, as they are written. */
export const valueNames = ['text', 'number', 'link', 'to', 'id', 'notice', 'time', 'timestamp', 'secret', 'sign'].map((name) => `{${name}}`)

export const listSenders = () => call(api.GET('/api/v1/notify/senders'))
export const readSender = (id: string) => call(api.GET('/api/v1/notify/senders/{id}', { params: { path: { id } } }))
export const readSettings = () => call(api.GET('/api/v1/notify/settings'))
export const saveSettings = (body: Settings) => call(api.PUT('/api/v1/notify/settings', { body }))

const empty: SenderFields = {
  name: '', preset: 'webhook', audience: 'group', method: 'POST', url: '', headers: [], body: '', ok_field: '', ok_value: '', notices: [], lang: 'zh-CN', active: true,
}

/** A form as a sender or a preset fills it; of a preset's name the person decides. */
export function senderForm(from: SenderFields | undefined): SenderForm {
  const { name, preset, audience, method, url, headers, body, ok_field, ok_value, notices, lang, active } = { ...empty, ...from }
  return { name, preset, audience, method, url, headers, body, ok_field, ok_value, notices, lang, active, secret: '' }
}

/** Sends a form; without a typed secret the one that is kept stays. */
export function sendSender(id: string | undefined, form: SenderForm, version: number | undefined, intent: string): Promise<Sender> {
  const { secret, ...fields } = form
  const body = secret ? { ...fields, secret } : fields
  if (id === undefined) return call(api.POST('/api/v1/notify/senders', { body, headers: intentHeader(intent) }))
  return call(api.PUT('/api/v1/notify/senders/{id}', { params: { path: { id } }, body: { ...body, version: version ?? 0 } }))
}

export const removeSender = ({ id, version }: Sender) => call(api.DELETE('/api/v1/notify/senders/{id}', { params: { path: { id }, query: { version } } }))

export const trySender = (id: string, to: string): Promise<Tried> => call(api.POST('/api/v1/notify/senders/{id}/test', { params: { path: { id } }, body: to ? { to } : {} }))

export const listMessages = (state: MessageState, sender: string, cursor?: string): Promise<Page<Message>> =>
  call(api.GET('/api/v1/notify/messages', { params: { query: { state, sender: sender || undefined, cursor } } }))

export const retryMessage = (id: string) => call(api.POST('/api/v1/notify/messages/{id}/retry', { params: { path: { id } } }))
export const discardMessage = (id: string) => call(api.POST('/api/v1/notify/messages/{id}/discard', { params: { path: { id } } }))
export const retryAll = (id: string) => call(api.POST('/api/v1/notify/senders/{id}/retry', { params: { path: { id } } }))

/** Why something did not go out, as a sentence. */
export const failureText = (code: string | undefined, status?: number) => (code ? t(`notify.failed.${code}`, { status: String(status ?? '') }) : '')

/** How a sender does, in a few words. */
export function statusText(sender: Pick<Sender, 'active' | 'health'>, now: number): string {
  const { failures, rest_until: rest = 0, ok_at: ok } = sender.health
  if (!sender.active) return t('notify.status.off')
  if (rest > now) return t('notify.status.resting', { time: clockTime(rest) })
  if (failures > 0) return t('notify.status.failing', { n: failures })
  return t(ok ? 'notify.status.ok' : 'notify.status.new')
}

/** Whether somebody should look at a sender. */
export const ails = (sender: Pick<Sender, 'active' | 'health' | 'dead'>) => sender.active && (sender.health.failures > 0 || sender.dead > 0)
