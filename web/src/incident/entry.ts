import { language, t, te } from '@/i18n'
import type { Photo } from '@/ui/PhotoGrid.vue'
import type { TimelineItem } from '@/ui/Timeline.vue'
import { clockTime, exactTime } from '@/ui/time'
import { filesUrl, photoOf } from './api'
import type { Entry, Reason } from './types'

type Params = Record<string, string | number>

/** Why something was sent where it was sent, as a sentence; empty when there is nothing to say. */
export function reasonText(reason: Reason | undefined): string {
  const key = `reason.${reason?.code}`
  if (!reason?.code || !te(key)) return ''
  const params = reason.params ?? {}
  const why = params.passed_why ? `reason.${params.passed_why}` : ''
  const offDuty = why === 'reason.passed.off_duty' && params.passed_unit
  const after = offDuty ? t('reason.after_off_duty', params) : why && te(why) ? t('reason.after', { rule: params.passed ?? '', why: t(why) }) : ''
  const nobody = params.on_duty === 'nobody' ? t('reason.nobody', params) : ''
  const other = params.obvious_why ? `reason.${params.obvious_why}` : ''
  const obvious = other && te(other) ? t('reason.obvious', { who: params.obvious ?? '', why: t(other) }) : ''
  return t(key, params) + obvious + after + nobody
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Who did it: the unit and the person; a rule or time alone when nobody did; whoever reported when no account did. */
function who(entry: Entry): string {
  if (entry.actor && !entry.actor.id) {
    const by: Record<string, string> = { clock: 'entry.by_clock', import: 'entry.by_import', model: 'reason.by_model' }
    return t(by[entry.actor.name] ?? 'entry.by_rule')
  }
  if (!entry.actor) return t('entry.by_reporter')
  return [entry.unit?.name, entry.actor.name].filter(Boolean).join(' ')
}

function optionText(name: string, value: unknown): string {
  const key = `option.${name}.${String(value)}`
  return te(key) ? t(key) : text(value)
}

const names = (value: unknown) => (Array.isArray(value) ? value : []).filter((name): name is string => typeof name === 'string' && name !== '')
const rungName = (rung: unknown) => (te(`clocks.rung.${String(rung)}`) ? t(`clocks.rung.${String(rung)}`) : '')
/** The rungs of the ladder on which nobody could be told. */
const skipped = (body: Entry['body']) =>
  (Array.isArray(body.skipped) ? (body.skipped as { rung?: unknown }[]) : []).map(({ rung }) => rungName(rung)).filter(Boolean)
const listed = (all: string[]) => all.join(t('entry.and'))
const moment = (value: unknown) => (typeof value === 'number' && value > 0 ? exactTime(value).slice(0, 16) : '')

/** The key of an action's sentence; some have a second one that says more. */
function sentenceKey(entry: Entry): string {
  const { body } = entry
  const more: Record<string, boolean> = {
    arrive: typeof body.distance === 'number',
    return_order: text(body.unit_name) !== '',
    note: entry.visibility !== 'internal',
    report: text(body.same_number) !== '',
    climb: skipped(body).length > 0,
  }
  if (entry.do === 'report' && text(body.system)) return 'entry.report_past'
  if (entry.do === 'hand_on' && !text(body.person)) return 'entry.hand_on_back'
  const key = `entry.${entry.do}${more[entry.do] ? '_more' : ''}`
  if (entry.do === 'detail') return 'entry.detail_told'
  if (entry.do === 'mark') return body.urgent === true ? 'entry.mark' : 'entry.unmark'
  return te(key) ? key : 'entry.other'
}

/** An entry of the timeline as a sentence: 锦云巡区站 王晓 12:03 接单. */
export function entrySentence(entry: Entry): string {
  const { body } = entry
  const params: Params = {
    who: who(entry),
    time: clockTime(entry.at),
    to: [text(body.unit_name), text(body.person_name)].filter(Boolean).join(' '),
    distance: typeof body.distance === 'number' ? body.distance : 0,
    channel: optionText('channel', body.channel),
    service: optionText('service', body.service),
    reached: optionText('reached', body.reached),
    system: text(body.system),
    number: text(body.same_number) || text(body.into_number) || text(body.number),
    people: typeof body.people === 'number' ? body.people : 0,
    from: text(body.from_name),
    handler: text(body.handler_name),
    stage: te(`clocks.stage.${String(body.stage)}`) ? t(`clocks.stage.${String(body.stage)}`) : '',
    rung: rungName(body.rung),
    until: moment(body.until),
    names: listed(names(body.unit_names)),
    skipped: listed(skipped(body)),
    what: te(`action.${entry.do}`) ? t(`action.${entry.do}`) : entry.do,
  }
  return t(sentenceKey(entry), params)
}

const pauses = ['suspend', 'approve_suspension', 'defer']
const tells = ['climb', 'escalate']

/** What was written with it: results, reasons and answers first, then what was chosen. */
export function entryText(entry: Entry): string {
  const { body } = entry
  const said = text(body[language() === 'en' ? 'said_en' : 'said'])
  const words = ['result', 'answer', 'text', 'question', 'decision', 'note', 'reason'].map((name) => text(body[name])).filter(Boolean)
  const chosen = ['ground', 'outcome', 'agreement', 'parties', 'participants'].flatMap((name) => {
    const value = body[name]
    if (!value || (name === 'outcome' && value === 'done')) return []
    return t('entry.detail', { name: t(`ask.${name}`), value: optionText(name, value) })
  })
  if (typeof body.satisfaction === 'number') {
    chosen.push(t('entry.detail', { name: t('ask.satisfaction'), value: optionText('satisfaction', body.satisfaction) }))
  }
  if (typeof body.rating === 'number') chosen.push(t('entry.detail', { name: t('ask.rating'), value: optionText('rating', body.rating) }))
  if (body.do_not_call === true) chosen.push(t('ask.do_not_call'))
  if (body.category_by === 'model' && typeof body.confidence === 'number') {
    chosen.push(t('entry.by_model', { percent: Math.floor(body.confidence * 100) }))
  }
  const why = entry.do === 'dispatch' ? reasonText(body.reason as Reason | undefined) : ''
  if (moment(body.reply_by)) chosen.push(t('entry.detail', { name: t('ask.reply_by'), value: moment(body.reply_by) }))
  if (pauses.includes(entry.do) && moment(body.until)) chosen.push(t('entry.detail', { name: t('ask.until'), value: moment(body.until) }))
  const meant = text(body.meant_for_name)
  const away = meant ? t('entry.meant_for', { name: meant }) : ''
  // Whoever stands on a rung is told by name; the sentence only names the rung.
  const told = tells.includes(entry.do) ? listed([text(body.unit_name), ...names(body.person_names)].filter(Boolean)) : ''
  const informed = told ? t('entry.told', { names: told }) : ''
  return [why, away, informed, said, ...chosen, ...words].filter(Boolean).join('\n')
}

/** The ids of an entry's pictures: its files without the recordings. */
export const picturesOf = (entry: Entry) => entry.files.filter((id) => !entry.sounds?.includes(id))
/** Where the recordings of an entry are heard. */
export const soundsOf = (entry: Entry) => (entry.sounds ?? []).map((id) => `${filesUrl}/${id}`)

/** The pictures of an entry; those of an order that was handled say whether they show it before or after. */
function photosOf(entry: Entry): Photo[] {
  const named = (name: string) => (Array.isArray(entry.body[name]) ? (entry.body[name] as string[]) : [])
  return picturesOf(entry).map((id) => {
    const when = ['before', 'after'].find((name) => named(name).includes(id))
    return when ? { ...photoOf(id), caption: t(`option.photo.${when}`) } : photoOf(id)
  })
}

const reminders = ['warn', 'overdue', 'ask_progress']
/** True when a limit alone said it. Before whom it was put stays in sight: somebody was told. */
const byTime = (entry: Entry) => entry.actor?.name === 'clock' && !entry.actor.id && reminders.includes(entry.do)

/** The timeline as it is drawn, newest first. */
export function timelineItems(entries: Entry[]): TimelineItem[] {
  return [...entries].reverse().map((entry) => ({
    id: String(entry.seq),
    at: entry.at,
    title: entrySentence(entry),
    text: entryText(entry) || undefined,
    open: entry.visibility === 'public',
    reminder: byTime(entry),
    photos: photosOf(entry),
    sounds: soundsOf(entry),
  }))
}
