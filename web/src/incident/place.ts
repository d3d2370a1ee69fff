import type { AreaNode, Incident } from './types'

/** The street and what lies below it: what a person at the desk knows a place by. */
export function pathText(path: AreaNode[] | undefined): string {
  const named = (path ?? []).filter((area) => area.level !== 'city' && area.level !== 'district')
  return (named.length ? named : (path ?? [])).map((area) => area.name).join(' / ')
}

/** Where it is, in one line of a list: community and address. */
export function placeOf(incident: Incident): string {
  const path = incident.area?.path ?? []
  const community = path.find((area) => area.level === 'community') ?? path.find((area) => area.level === 'street') ?? path.at(-1)
  // Many an address names its community itself.
  const known = community && !incident.address.startsWith(community.name) ? community.name : ''
  return [known, incident.address].filter(Boolean).join(' · ')
}
