import type { Audience, Notice } from '@/notice/api'

/** What is typed into the form of a notice. Times are texts of date fields; an empty end means a span. */
export interface NoticeForm {
  kind: 'notice' | 'emergency'
  title: string
  text: string
  title_en: string
  text_en: string
  area: string
  area_name: string
  audiences: Audience[]
  later: boolean
  from: string
  span: string
  until: string
}

const hour = 3_600_000

/** The usual lengths, in hours; 'at' is a time of one's own. */
export const spans = ['1', '4', '24', '72', '168', 'at'] as const

export const blank = (): NoticeForm => ({
  kind: 'notice', title: '', text: '', title_en: '', text_en: '', area: '', area_name: '', audiences: ['screens', 'desks', 'phones'], later: false, from: '', span: '24', until: '',
})

/** A new notice that says what another one said, to the same people; its time is new. */
export const copyOf = (one: Notice): NoticeForm => ({
  ...blank(), kind: one.kind, title: one.title, text: one.text, title_en: one.title_en ?? '', text_en: one.text_en ?? '',
  area: one.area_id, area_name: one.area_id ? one.area : '', audiences: [...one.audiences] as Audience[], span: one.kind === 'emergency' ? '4' : '24',
})

const moment = (text: string) => {
  const at = text ? new Date(text).getTime() : NaN
  return Number.isFinite(at) ? at : 0
}

/** When it begins and ends, seen at a moment; 0 is at once, and an end that was not given. */
export function periodOf(form: NoticeForm, now: number): { from: number; until: number } {
  const from = form.later ? moment(form.from) : 0
  return { from, until: form.span === 'at' ? moment(form.until) : Math.max(from, now) + Number(form.span) * hour }
}

export const bodyOf = (form: NoticeForm, now: number, confirmed: boolean) => ({
  kind: form.kind, title: form.title, text: form.text, title_en: form.title_en, text_en: form.text_en, area: form.area, audiences: [...form.audiences], confirmed,
  ...periodOf(form, now),
})
