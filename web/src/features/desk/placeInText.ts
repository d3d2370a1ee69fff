import { findPlaces } from '@/incident/api'
import type { Place } from '@/incident/types'

/** A street, a road, a compound: words that end what people say when they name a place. */
const endings = '路(?![口灯面边上障牌况])|街|巷|道|桥|苑|园|轩|庭|阁|城|广场|大厦|小区|公园|市场|医院|学校|小学|中学|车站|站|社区|村'
const named = new RegExp(`[\\p{Script=Han}A-Za-z0-9]{2,12}?(?:${endings})+`, 'gu')
/** Words before a name that do not belong to it. */
const lead = /^(?:我在|我住在|住在|我们|这里|位于|就在|在|到|从|往|靠近|附近的?|旁边的?|和|跟|与|及)+/u

/** What in a text may be the name of a place, in the order in which it was said. */
export function namesIn(text: string): string[] {
  const names = (text.match(named) ?? []).map((name) => name.replace(lead, '')).filter((name) => name.length >= 3)
  return [...new Set(names)].slice(0, 3)
}

/** The first place in a text that the gazetteer knows. */
export async function placeInText(text: string): Promise<Place | undefined> {
  for (const name of namesIn(text)) {
    const found = await findPlaces(name).catch(() => [])
    const place = found.find((candidate) => candidate.name.includes(name))
    if (place) return place
  }
  return undefined
}
