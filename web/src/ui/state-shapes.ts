import type { Mark } from './state'

/** Colours to draw a mark with: CSS values for the page, plain colours for the map. */
export interface MarkColours {
  state: string
  /** What shows through a filled shape: the panel's colour. */
  cut: string
  overdue: string
}

export interface MarkFlags {
  overdue?: boolean
  emergency?: boolean
}

const stroked = (path: string, colour: string, width = 2.2) =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
const disc = (radius: number, colour: string) => `<circle cx="12" cy="12" r="${radius}" fill="${colour}"/>`
const ring = (radius: number, colour: string, width: number, fill = 'none') =>
  `<circle cx="12" cy="12" r="${radius}" fill="${fill}" stroke="${colour}" stroke-width="${width}"/>`

/** Each state has a shape of its own, so that it is known without its colour. All on a 24 by 24 ground. */
const shapes: Record<Mark, (c: MarkColours) => string> = {
  reported: (c) => ring(7.4, c.state, 2.6, c.cut),
  verifying: (c) =>
    ring(8.6, c.state, 2, c.cut) +
    stroked('M9.6 9.7a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.6', c.state, 1.9) +
    `<circle cx="12" cy="16.1" r="1.2" fill="${c.state}"/>`,
  accepted: (c) => ring(7.6, c.state, 2.3, c.cut) + disc(3.1, c.state),
  dispatched: (c) => disc(8.4, c.state),
  taken: (c) => disc(9, c.state) + stroked('M7.6 12h8.2M12.6 8.6 16 12l-3.4 3.4', c.cut),
  arrived: (c) =>
    disc(9, c.state) +
    `<path fill-rule="evenodd" fill="${c.cut}" d="M12 6.1a4 4 0 0 0-4 4c0 2.9 4 7.4 4 7.4s4-4.5 4-7.4a4 4 0 0 0-4-4zm0 2.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z"/>`,
  handling: (c) => disc(9, c.state) + `<rect x="7" y="10.5" width="10" height="3" rx="1" fill="${c.cut}"/>`,
  checking: (c) => ring(7.6, c.state, 2.2, c.cut) + `<path fill="${c.state}" d="M12 4.4a7.6 7.6 0 0 0 0 15.2z"/>`,
  checked: (c) => disc(5.2, c.state),
  closed: (c) => disc(6.8, c.state) + stroked('m9 12.2 2.2 2.2 3.9-4.4', c.cut, 1.9),
  rejected: (c) => stroked('m8 8 8 8m0-8-8 8', c.state),
  merged: (c) =>
    `<rect x="4.6" y="9.2" width="8.6" height="5.6" rx="2.8" fill="none" stroke="${c.state}" stroke-width="1.9"/>` +
    `<rect x="10.8" y="9.2" width="8.6" height="5.6" rx="2.8" fill="none" stroke="${c.state}" stroke-width="1.9"/>`,
  voided: (c) => stroked('M7 12h10', c.state, 2.6),
}

const scaled = (body: string, scale: number, x = 12, y = 12) =>
  `<g transform="translate(${x} ${y}) scale(${scale}) translate(-12 -12)">${body}</g>`

/** The inside of the mark's SVG. It holds nothing that a user wrote. */
export function markBody(mark: Mark, colours: MarkColours, flags: MarkFlags = {}): string {
  let body = shapes[mark](colours)
  if (flags.overdue) {
    const triangle = `<path class="mark-overdue" d="M12 1.8 22.8 21.4H1.2z" fill="${colours.cut}" stroke="${colours.overdue}" stroke-width="2" stroke-linejoin="round"/>`
    body = triangle + scaled(body, 0.54, 12, 14.8)
  }
  if (flags.emergency) {
    const colour = flags.overdue ? colours.overdue : colours.state
    body = ring(11.2, colour, 1.3, colours.cut) + ring(8.9, colour, 1.3) + scaled(body, flags.overdue ? 0.62 : 0.66)
  }
  return body
}

/** A whole SVG document, for images on the map; `size` is in pixels. */
export function markSvg(mark: Mark, colours: MarkColours, flags: MarkFlags, size: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24">${markBody(mark, colours, flags)}</svg>`
}
