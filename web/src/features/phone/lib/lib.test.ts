import { describe, expect, it } from 'vitest'
import vectors from '../../../../../internal/kit/geo/testdata/datums.json'
import { toBd09, toGcj02 } from './datum'
import { exifSegment, setUpright, withExif } from './exif'
import { isApple, mapLinks } from './navigate'
import { fit } from './photo'
import { ring } from './position'
import { recordingForm } from './recording'

describe('datums', () => {
  it.each(vectors)('$wgs84 is the same here as on the server', ({ wgs84, gcj02, bd09 }) => {
    const [lon = 0, lat = 0] = wgs84
    const gcj = toGcj02({ lon, lat })
    const bd = toBd09({ lon, lat })
    ;[gcj.lon - (gcj02[0] ?? 0), gcj.lat - (gcj02[1] ?? 0), bd.lon - (bd09[0] ?? 0), bd.lat - (bd09[1] ?? 0)].forEach((off) =>
      expect(Math.abs(off)).toBeLessThan(1e-9),
    )
  })
})

describe('links to maps', () => {
  const at = { lon: 104.0755, lat: 30.7 }
  const linkOf = (app: string, apple = false) => mapLinks(at, '目的地', apple).find((link) => link.app === app)?.href ?? ''

  it('give each application the place in its own datum', () => {
    const gcj = toGcj02(at)
    const bd = toBd09(at)
    expect(linkOf('own')).toMatch(/^geo:30\.700000,104\.075500\?q=30\.700000,104\.075500\(/)
    expect(linkOf('own', true)).toContain(`daddr=${gcj.lat.toFixed(6)},${gcj.lon.toFixed(6)}`)
    expect(linkOf('amap')).toContain(`to=${gcj.lon.toFixed(6)},${gcj.lat.toFixed(6)}`)
    expect(linkOf('tencent')).toContain(`tocoord=${gcj.lat.toFixed(6)},${gcj.lon.toFixed(6)}`)
    expect(linkOf('baidu')).toContain(`location=${bd.lat.toFixed(6)},${bd.lon.toFixed(6)}`)
    expect(linkOf('baidu')).toContain('coord_type=bd09ll')
  })

  it('know a phone of Apple from others', () => {
    expect(isApple('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')).toBe(true)
    expect(isApple('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15)', 5)).toBe(true)
    expect(isApple('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15)')).toBe(false)
    expect(isApple('Mozilla/5.0 (Linux; Android 14)', 5)).toBe(false)
  })
})

describe('a recording', () => {
  it('is made in the first form that browser and server both know', () => {
    expect(recordingForm(() => true)?.ending).toBe('webm')
    expect(recordingForm((type) => type === 'audio/mp4')?.ending).toBe('m4a')
    expect(recordingForm((type) => type.startsWith('audio/ogg'))?.ending).toBe('ogg')
    expect(recordingForm((type) => type === 'audio/wav')).toBeUndefined()
  })
})

describe('a photo', () => {
  it('is brought to a size and never made larger', () => {
    expect(fit(8000, 5000)).toEqual({ width: 2560, height: 1600 })
    expect(fit(3000, 4000)).toEqual({ width: 1920, height: 2560 })
    expect(fit(640, 480)).toEqual({ width: 640, height: 480 })
  })

  /** A JPEG with one segment of the camera: little-endian, one entry that says how it was held. */
  function jpeg(orientation: number): Uint8Array {
    const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
    const content = [...new TextEncoder().encode('Exif'), 0, 0, ...tiff]
    const length = content.length + 2
    return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xe1, length >> 8, length & 255, ...content, 0xff, 0xda, 0, 2, 9, 9])
  }

  it('keeps what the camera wrote, and says upright once its pixels are', () => {
    const segment = exifSegment(jpeg(6))
    expect(segment?.[1]).toBe(0xe1)
    if (!segment) return
    setUpright(segment)
    expect([...withExif(jpeg(6), segment)].slice(0, 4)).toEqual([0xff, 0xd8, 0xff, 0xe1])
    expect(exifSegment(withExif(Uint8Array.from([0xff, 0xd8, 0xff, 0xda]), segment))).toEqual(exifSegment(jpeg(1)))
  })

  it('without a description, or with a broken one, stays as it is', () => {
    expect(exifSegment(Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2]))).toBeUndefined()
    expect(exifSegment(new TextEncoder().encode('no picture'))).toBeUndefined()
    const cut = exifSegment(jpeg(6))?.slice(0, 14)
    expect(() => cut && setUpright(cut)).not.toThrow()
  })
})

describe('the ring of accuracy', () => {
  it('lies as far from the place as the phone may be wrong', () => {
    const [outline = []] = ring({ lon: 104, lat: 30, accuracy: 111.195 }).coordinates
    expect(outline[0]).toEqual(outline.at(-1))
    expect(Math.max(...outline.map(([, lat]) => lat)) - 30).toBeCloseTo(0.001, 6)
  })
})
