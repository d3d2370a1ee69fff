import { ref } from 'vue'
import type { PartnerPage } from './partner'
import { wall } from './wall'

/** A stream that is watched beside the map. */
export interface Watched {
  url: string
  title: string
  network: PartnerPage['network']
}

/** What is watched now; not kept, because a wall that starts anew shows what it was set up for. */
export const watched = ref<Watched>()
/** The slot was opened for it and closes with it. */
let opened = false

/**
 * The allowed page of the same site as an address: the wall's own policy lets the browser load no other sites, and the
 * page says from which network it comes.
 */
export function allowedBy(address: string, pages: readonly PartnerPage[]): PartnerPage | undefined {
  const { origin } = new URL(address)
  return pages.find((page) => new URL(page.url).origin === origin)
}

export function watchBeside(next: Watched): void {
  opened ||= wall.side === ''
  wall.side ||= 'right'
  watched.value = next
}

export function stopWatching(): void {
  watched.value = undefined
  if (opened) wall.side = ''
  opened = false
}
