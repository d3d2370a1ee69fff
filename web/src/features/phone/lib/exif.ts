/** What a camera wrote into a JPEG, as the segment that holds it; nothing when there is none. */
export function exifSegment(jpeg: Uint8Array): Uint8Array | undefined {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return undefined
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff; ) {
    const kind = jpeg[at + 1]
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0)
    // The picture itself begins: what stands behind is no description any more.
    if (kind === 0xda || length < 2) return undefined
    if (kind === 0xe1 && ascii(jpeg, at + 4, 4) === 'Exif') return jpeg.slice(at, at + 2 + length)
    at += 2 + length
  }
  return undefined
}

const ascii = (bytes: Uint8Array, at: number, count: number) => String.fromCharCode(...bytes.subarray(at, at + count))

/** Says upright: the pixels were turned when the picture was made smaller. The segment is changed in place. */
export function setUpright(segment: Uint8Array): void {
  const start = 10 // behind marker, length, "Exif" and two zeros
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength)
  const little = ascii(segment, start, 2) === 'II'
  if (segment.byteLength < start + 10) return
  const table = start + view.getUint32(start + 4, little)
  if (table + 2 > segment.byteLength) return
  const entries = view.getUint16(table, little)
  for (let n = 0; n < entries; n++) {
    const entry = table + 2 + n * 12
    if (entry + 12 > segment.byteLength) return
    if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little)
  }
}

/** A JPEG with the description of another in front of its own segments. */
export function withExif(jpeg: Uint8Array, segment: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(jpeg.length + segment.length)
  out.set(jpeg.subarray(0, 2))
  out.set(segment, 2)
  out.set(jpeg.subarray(2), 2 + segment.length)
  return out
}
