// Makes screenshots smaller without changing a pixel: Chromium packs them for speed.
import { deflateSync, inflateSync } from 'node:zlib'

const head = 8 // bytes before the first chunk
const crcs = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1
  return n
})
const crc = bytes => ~bytes.reduce((sum, byte) => crcs[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data])
  const out = Buffer.alloc(8)
  out.writeUInt32BE(data.length)
  out.writeUInt32BE(crc(named), 4)
  return Buffer.concat([out.subarray(0, 4), named, out.subarray(4)])
}

/** The predictors of the PNG specification, by number: of left, above and above left. */
const predict = [
  () => 0, a => a, (_, b) => b, (a, b) => (a + b) >> 1,
  (a, b, c) => {
    const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
    return da <= db && da <= dc ? a : db <= dc ? b : c
  },
]

/** The pixels of an 8-bit picture without interlacing, one buffer a row. */
function rowsOf(packed, width, height, step) {
  const raw = inflateSync(packed)
  let above = Buffer.alloc(width * step)
  return Array.from({ length: height }, (_, y) => {
    const from = y * (width * step + 1)
    const guess = predict[raw[from]]
    const row = Buffer.alloc(width * step)
    for (let x = 0; x < row.length; x++) row[x] = raw[from + 1 + x] + guess(row[x - step] ?? 0, above[x], above[x - step] ?? 0)
    return (above = row)
  })
}

/** Takes the opaque alpha away and leaves rows unfiltered, which suits pages of text and flat colour best. */
export function shrink(png) {
  const chunks = []
  for (let at = head; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)) })
  }
  const header = Buffer.from(chunks[0].data)
  const [width, height, colours] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]]
  const step = { 2: 3, 6: 4 }[colours]
  if (header[8] !== 8 || header[12] !== 0 || !step) return png
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  const out = rowsOf(packed, width, height, step).map(full => {
    const row = Buffer.alloc(width * 3 + 1)
    for (let x = 0; x < width; x++) full.copy(row, x * 3 + 1, x * step, x * step + 3)
    return row
  })
  header[9] = 2 // red, green, blue
  const data = deflateSync(Buffer.concat(out), { level: 9, memLevel: 9 })
  return Buffer.concat([png.subarray(0, head), chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}
