import type { Standing } from './clock'

/** Each standing has a shape of its own, so that it is known without its colour. All on a 16 by 16 ground, drawn in the text's colour. */
const line = (path: string) => `<path d="${path}" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`
const ring = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.7"/>'

export const clockShapes: Record<Standing, string> = {
  green: ring + line('M8 4.8V8l2.2 1.4'),
  yellow: ring + '<path d="M8 8V2a6 6 0 1 1-6 6z" fill="currentColor"/>',
  red: line('M8 1.8 15 14.2H1z') + line('M8 6.2v3.6') + '<circle cx="8" cy="12" r="1" fill="currentColor"/>',
  paused: '<rect x="3.4" y="3" width="3.2" height="10" rx="1" fill="currentColor"/><rect x="9.4" y="3" width="3.2" height="10" rx="1" fill="currentColor"/>',
  met: line('m3 8.6 3.4 3.2L13 4.6'),
  late: line('m4 4 8 8m0-8-8 8'),
}

/** The token that colours a standing. */
export const clockToken: Record<Standing, string> = {
  green: '--clock-green',
  yellow: '--clock-yellow',
  red: '--clock-red',
  paused: '--clock-still',
  met: '--clock-green',
  late: '--clock-red',
}
