import type { Definition, Indicator } from './api'

/** A table to begin with: what every area received and how much of it was closed, in the last month. */
export const firstDefinition = (): Definition => ({ subject: 'incidents', rows: 'area', values: ['received', 'closed', 'overdue', 'closing'], period: 'last30' })

/** What the running sums do not know can only be counted. */
export const byState = (d: Definition) => d.subject === 'incidents' && (Boolean(d.state) || d.rows === 'state' || d.columns === 'state')

/** Brings a definition into a form that makes sense after a part of it changed: what is asked for stays where it can. */
export function mended(d: Definition, incidents: Indicator[], orders: Indicator[]): Definition {
  const known = new Set((d.subject === 'orders' ? orders : incidents).map((one) => one.code))
  let values = d.values.filter((code) => known.has(code))
  if (byState(d)) values = ['received']
  if (!values.length) values = [d.subject === 'orders' ? 'orders' : 'received']
  const columns = d.columns === d.rows ? undefined : d.columns
  return { ...d, values: columns ? values.slice(0, 1) : values, columns }
}

/** The same table in the same words, whatever order its parts were set in. */
export const sameDefinition = (a: Definition, b: Definition) => plain(a) === plain(b)
const plain = (d: Definition) => JSON.stringify(Object.entries(d).filter(([, value]) => value !== undefined && value !== '').sort())
