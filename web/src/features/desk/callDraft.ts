import { newIntent } from '@/api/intent'
import { detailsBody, type DetailAnswers, type DetailField } from '@/incident/details'
import { useDraft } from '@/ui/draft'

/** The channels that reach the desk; the others report by themselves. */
export const deskChannels = ['hotline', 'window', 'visit'] as const
export const severities = ['minor', 'general', 'major', 'emergency'] as const

/** A report as the officer writes it down. Empty means not given: the server fills in what it can derive. */
export interface Call {
  phone: string
  name: string
  confidential: boolean
  channel: string
  text: string
  category: string
  severity: string
  lon: number | null
  lat: number | null
  address: string
  /** The unit to send it to at once; its name is kept to be shown after a reload. */
  unit: string
  unitName: string
  /** The unit is the proposal, and follows it when category or place change. */
  unitProposed: boolean
  files: string[]
  /** Answers to what the category asks, by the names of its fields. */
  details: DetailAnswers
  /** When the call came in, unix ms; 0 until something is written. */
  callAt: number
  /** Kept over retries, so that a report whose answer was lost is not filed twice. */
  intent: string
}

export const emptyCall = (): Call => ({
  phone: '',
  name: '',
  confidential: false,
  channel: 'hotline',
  text: '',
  category: '',
  severity: '',
  lon: null,
  lat: null,
  address: '',
  unit: '',
  unitName: '',
  unitProposed: false,
  files: [],
  details: {},
  callAt: 0,
  intent: newIntent(),
})

/**
 * The draft of one account, so that whoever signs in next at this desk does not read it. Only sending it or throwing
 * it away ends it.
 */
export const useCall = (account: string) => useDraft<Call>(`call.${account}`, emptyCall)

/** Tells whether there is something in it worth keeping. */
export const begun = (call: Call) => Boolean(call.phone.trim() || call.name.trim() || call.text.trim() || call.address.trim() || call.files.length)

/** Advice listens to the beginning; whoever pasted a whole file would otherwise wait for it at every key. */
export const heard = (text: string) => text.slice(0, 5000)

const given = (text: string) => text.trim() || undefined

/** What advice is asked with: the parts of the draft that decide category, area and unit. */
export function adviceBody(call: Call) {
  return {
    text: given(heard(call.text)),
    category: given(call.category),
    severity: given(call.severity),
    channel: call.channel,
    ...(call.lon !== null && call.lat !== null ? { lon: call.lon, lat: call.lat, datum: 'wgs84' } : {}),
  }
}

/** The report to send; what is empty is left out. */
export function callBody(call: Call, fields: DetailField[] = []) {
  const details = detailsBody(fields, call.details)
  const reporter = { name: given(call.name), phone: given(call.phone), ...(call.confidential ? { confidential: true } : {}) }
  return {
    ...adviceBody(call),
    text: call.text.trim(),
    address: given(call.address),
    ...(call.channel === 'hotline' && call.callAt ? { call_at: call.callAt } : {}),
    ...(reporter.name || reporter.phone || call.confidential ? { reporter } : {}),
    ...(details ? { details } : {}),
    ...(call.files.length ? { files: [...call.files] } : {}),
  }
}
