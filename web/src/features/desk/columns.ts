import { t, te } from '@/i18n'
import { categoryName } from '@/incident/category'
import { holder, leadOrder } from '@/incident/next'
import { placeOf } from '@/incident/place'
import type { Incident } from '@/incident/types'
import { markOf } from '@/ui/state'
import { exactTime } from '@/ui/time'

/** What a list of the search can say of an incident, in the order of the columns. */
export const columns = ['number', 'title', 'place', 'category', 'channel', 'severity', 'state', 'holder', 'reporter', 'received'] as const
export type Column = (typeof columns)[number]

/** What most people look for. */
export const usualColumns: Column[] = ['number', 'title', 'place', 'state', 'holder', 'received']

/** Widths as grid tracks: texts share what numbers and times leave. */
const tracks: Record<Column, string> = {
  number: '10.5rem', title: 'minmax(10rem, 3fr)', place: 'minmax(8rem, 2fr)', category: 'minmax(5rem, 8rem)', channel: '5.5rem',
  severity: '4.5rem', state: '5.5rem', holder: 'minmax(6rem, 10rem)', reporter: '8.5rem', received: '11rem',
}

/** The chosen columns in their order; the title always, for a row without one is no row. */
export function columnsOf(chosen: string[]): Column[] {
  const wanted = columns.filter((name) => chosen.includes(name))
  if (wanted.length === 0) return usualColumns
  return columns.filter((name) => name === 'title' || wanted.includes(name))
}

/** The grid of a row: the state's mark first. */
export const templateOf = (shown: Column[]) => ['20px', ...shown.map((name) => tracks[name])].join(' ')

const option = (kind: string, value: string) => (te(`option.${kind}.${value}`) ? t(`option.${kind}.${value}`) : value)

/** What a cell says. */
export function cellOf(incident: Incident, column: Column): string {
  const texts: Record<Column, () => string> = {
    number: () => incident.number,
    title: () => incident.title || incident.text,
    place: () => placeOf(incident) || t('desk.no_place'),
    category: () => (incident.category ? categoryName(incident.category) : t('desk.unclassified')),
    channel: () => option('channel', incident.channel),
    severity: () => option('severity', incident.severity),
    state: () => t(`state.${markOf(incident.state, leadOrder(incident)?.state)}`),
    holder: () => holder(incident),
    reporter: () => [incident.reporter.name, incident.reporter.phone].filter(Boolean).join(' '),
    received: () => exactTime(incident.received_at).slice(0, 16),
  }
  return texts[column]()
}
