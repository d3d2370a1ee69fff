/**
 * SHA-256 (FIPS 180-4) of an ASCII text, its first 32-bit word only. The browser's own works one promise a hash and
 * only on secure pages; a challenge needs some hundred thousand at once, also on a page in a local network.
 */
const rounds = new Uint32Array(64)
const start = new Uint32Array(8)
;(function primes() {
  // The constants are the first 32 bits of the fractional parts of cube and square roots of the first primes.
  const fraction = (x: number) => ((x - Math.floor(x)) * 2 ** 32) >>> 0
  let n = 0
  for (let candidate = 2; n < 64; candidate++) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false
    if (!prime) continue
    if (n < 8) start[n] = fraction(Math.sqrt(candidate))
    rounds[n++] = fraction(Math.cbrt(candidate))
  }
})()

const schedule = new Uint32Array(64)
const turn = (x: number, by: number) => (x >>> by) | (x << (32 - by))

/** The first word of the hash: enough to count up to 32 leading zero bits. */
export function firstWord(text: string): number {
  const length = text.length
  const blocks = new Uint8Array(((length + 72) >> 6) << 6)
  for (let i = 0; i < length; i++) blocks[i] = text.charCodeAt(i)
  blocks[length] = 0x80
  const view = new DataView(blocks.buffer)
  view.setUint32(blocks.length - 4, length * 8)

  const hash = Uint32Array.from(start)
  for (let at = 0; at < blocks.length; at += 64) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getUint32(at + i * 4)
    for (let i = 16; i < 64; i++) {
      const w15 = schedule[i - 15] as number
      const w2 = schedule[i - 2] as number
      const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3)
      const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10)
      schedule[i] = (schedule[i - 16] as number) + s0 + (schedule[i - 7] as number) + s1
    }
    let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (rounds[i] as number) + (schedule[i] as number)) | 0
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = (hash[i] as number) + word))
  }
  return hash[0] as number
}
