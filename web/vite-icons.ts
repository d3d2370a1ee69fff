import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** The icons that phones want as pictures; `full` fills the square, for systems that cut their own shape. */
const wanted = [
  { file: 'icon-192.png', size: 192, full: false },
  { file: 'icon-512.png', size: 512, full: false },
  { file: 'icon-full-512.png', size: 512, full: true },
  { file: 'icon-180.png', size: 180, full: true },
]

type Colour = readonly [number, number, number]
/** How far a point lies outside (positive) or inside of a shape, in units of the drawing. */
type Distance = (x: number, y: number) => number
interface Layer {
  colour: Colour
  far: Distance
}

const number = (tag: string, name: string) => Number(new RegExp(`\\s${name}="([^"]+)"`).exec(tag)?.[1] ?? 0)

function colour(tag: string, name: string): Colour {
  const hex = new RegExp(`\\s${name}="#([0-9a-fA-F]+)"`).exec(tag)?.[1] ?? '000'
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
  const at = (n: number) => Number.parseInt(long.slice(n, n + 2), 16)
  return [at(0), at(2), at(4)]
}

function boxed(size: number, radius: number): Distance {
  const half = size / 2
  return (x, y) => {
    const dx = Math.abs(x - half) - half + radius
    const dy = Math.abs(y - half) - half + radius
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
  }
}

/** The straight lines of a path of M, h, v, H, V and z. */
function linesOf(path: string): number[][] {
  const lines: number[][] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const to = (nextX: number, nextY: number) => {
    lines.push([x, y, nextX, nextY])
    ;[x, y] = [nextX, nextY]
  }
  for (const [, command, values] of path.matchAll(/([MhvHVz])([^MhvHVz]*)/g)) {
    const [a = 0, b = 0] = (values ?? '').trim().split(/[\s,]+/).map(Number)
    if (command === 'M') [x, y, startX, startY] = [a, b, a, b]
    else if (command === 'h') to(x + a, y)
    else if (command === 'H') to(a, y)
    else if (command === 'v') to(x, y + a)
    else if (command === 'V') to(x, a)
    else to(startX, startY)
  }
  return lines
}

const stroked = (lines: number[][], width: number): Distance => (x, y) =>
  Math.min(
    ...lines.map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => {
      const [dx, dy] = [x2 - x1, y2 - y1]
      const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)))
      return Math.hypot(x - x1 - along * dx, y - y1 - along * dy)
    }),
  ) - width / 2

const round = (cx: number, cy: number, r: number): Distance => (x, y) => Math.hypot(x - cx, y - cy) - r

/** The layers of icon.svg, which is one rectangle, lines and one dot; anything else in it is an error. */
function layersOf(svg: string, full: boolean): { size: number; layers: Layer[] } {
  const tags = svg.match(/<(rect|g|path|circle)\s[^>]*>/g) ?? []
  const find = (name: string) => tags.find((tag) => tag.startsWith(`<${name}`)) ?? ''
  const [rect, group, path, circle] = ['rect', 'g', 'path', 'circle'].map(find) as [string, string, string, string]
  if (tags.length !== 4 || !rect || !group || !path || !circle) throw new Error('icon.svg holds more than vite-icons.ts can draw')
  const size = number(rect, 'width')
  const [cx, cy, r, edge] = ['cx', 'cy', 'r', 'stroke-width'].map((name) => number(circle, name)) as [number, number, number, number]
  const lines = linesOf(/\sd="([^"]+)"/.exec(path)?.[1] ?? '')
  return {
    size,
    layers: [
      { colour: colour(rect, 'fill'), far: boxed(size, full ? 0 : number(rect, 'rx')) },
      { colour: colour(group, 'stroke'), far: stroked(lines, number(group, 'stroke-width')) },
      { colour: colour(circle, 'stroke'), far: round(cx, cy, r + edge / 2) },
      { colour: colour(circle, 'fill'), far: round(cx, cy, r - edge / 2) },
    ],
  }
}

/** The pixels, each row behind a filter byte as PNG wants it. */
function pixels(svg: string, size: number, full: boolean): Buffer {
  const { size: units, layers } = layersOf(svg, full)
  const scale = size / units
  const out = Buffer.alloc(size * (size * 4 + 1))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * (size * 4 + 1) + 1 + x * 4
      for (const { colour, far } of layers) {
        const cover = Math.min(1, Math.max(0, 0.5 - far((x + 0.5) / scale, (y + 0.5) / scale) * scale))
        if (cover === 0) continue
        for (let n = 0; n < 3; n++) out[at + n] = Math.round((out[at + n] ?? 0) * (1 - cover) + (colour[n] ?? 0) * cover)
        out[at + 3] = Math.max(out[at + 3] ?? 0, Math.round(255 * cover))
      }
      // An edge over nothing keeps its colour; only its cover fades.
      if ((out[at + 3] ?? 0) < 255) layers[0]?.colour.forEach((value, n) => (out[at + n] = value))
    }
  }
  return out
}

const crcs = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1
  return n
})
const crc = (bytes: Buffer) => ~bytes.reduce((sum, byte) => (crcs[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8), -1) >>> 0

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

/** icon.svg as a PNG with so many pixels a side. */
export function drawIcon(svg: string, size: number, full: boolean): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size)
  head.writeUInt32BE(size, 4)
  head.set([8, 6], 8) // eight bits a channel, with transparency
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(pixels(svg, size, full), { level: 9 })), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts])
}

/** Draws the icons of the installed application from icon.svg, so that no picture has to be kept beside it. */
export function icons(svg: string): Plugin {
  return {
    name: 'gezhi-icons',
    apply: 'build',
    generateBundle() {
      for (const { file, size, full } of wanted) {
        this.emitFile({ type: 'asset', fileName: file, source: drawIcon(readFileSync(svg, 'utf8'), size, full) })
      }
    },
  }
}
