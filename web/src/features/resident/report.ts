import { newIntent } from '@/api/intent'
import { detailsBody, type DetailAnswers, type DetailField } from '@/incident/details'
import { useDraft } from '@/ui/draft'

/** The three doors; each is also the kind that is reported through it unless the resident says more. */
export const doors = ['enquiry', 'appeal', 'suggestion'] as const
export type Door = (typeof doors)[number]

export type Step = 'photo' | 'place' | 'words' | 'done'

/** The way through each door: only what it needs. */
export const steps: Record<Door, Step[]> = {
  appeal: ['photo', 'place', 'words', 'done'],
  suggestion: ['place', 'words', 'done'],
  enquiry: ['words', 'done'],
}

/** What the resident can say more precisely behind the middle door. */
export const appealKinds = ['appeal', 'hazard', 'help', 'complaint', 'tipoff'] as const

/** A report as it is being written. */
export interface Report {
  kind: string
  category: string
  files: string[]
  /** Answers to what the category asks, by the names of its fields. */
  details: DetailAnswers
  lon: number | null
  lat: number | null
  address: string
  title: string
  text: string
  name: string
  phone: string
  /** An open matter nearby that this report points at, and its category. */
  sameAs: string
  /** Kept over retries, so a report whose answer was lost is not filed twice. */
  intent: string
}

export const emptyReport = (door: Door): Report => ({
  kind: door,
  category: '',
  files: [],
  details: {},
  lon: null,
  lat: null,
  address: '',
  title: '',
  text: '',
  name: '',
  phone: '',
  sameAs: '',
  intent: newIntent(),
})

/** The draft behind a door; each door keeps its own. */
export const useReport = (door: Door) => useDraft<Report>(`report.${door}`, () => emptyReport(door))

/** Makes a report point at an open matter nearby: what is known of it need not be typed again. */
export function pointAt(report: Report, matter: { id: string; category: { code: string } }, at: { lon: number; lat: number }, words: string): void {
  Object.assign(report, { sameAs: matter.id, category: matter.category.code, lon: report.lon ?? at.lon, lat: report.lat ?? at.lat })
  if (!report.text.trim()) report.text = words
}

/** Tells whether there is something worth keeping in a report. */
export function started(report: Report): boolean {
  return Boolean(report.text.trim() || report.address.trim() || report.title.trim() || report.files.length || report.lon !== null)
}

/** The body to send: what is empty is left out. */
export function reportBody(report: Report, fields: DetailField[] = []) {
  const details = detailsBody(fields, report.details)
  const trimmed = (text: string) => text.trim() || undefined
  const reporter = { name: trimmed(report.name), phone: trimmed(report.phone) }
  const placed = report.lon !== null && report.lat !== null
  return {
    text: report.text.trim(),
    title: trimmed(report.title),
    kind: report.kind,
    category: trimmed(report.category),
    address: trimmed(report.address),
    ...(placed ? { lon: report.lon as number, lat: report.lat as number, datum: 'wgs84' as const } : {}),
    ...(reporter.name || reporter.phone ? { reporter } : {}),
    ...(details ? { details } : {}),
    ...(report.sameAs ? { same_as: report.sameAs } : {}),
    ...(report.files.length ? { files: [...report.files] } : {}),
  }
}

/** The step before or after one; undefined at the ends. */
export function stepBeside(door: Door, step: Step, by: 1 | -1): Step | undefined {
  const way = steps[door]
  return way[way.indexOf(step) + by]
}
