// Photos as a phone takes them, drawn by the browser so that none has to be kept here.

/** A JPEG of a size in pixels, as a file to choose. */
export async function photo(page, { name = 'photo.jpg', width = 1200, height = 900 } = {}) {
  const base64 = await page.evaluate(async ([w, h]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h })
    const pen = canvas.getContext('2d')
    for (let i = 0; i < 60; i++) {
      pen.fillStyle = `hsl(${(i * 47) % 360} 60% 55%)`
      pen.fillRect((i * 97) % w, (i * 61) % h, w / 6, h / 6)
    }
    return canvas.toDataURL('image/jpeg', 0.85).split(',')[1]
  }, [width, height])
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}

/** A file that begins like a JPEG and is larger than the server takes. */
export function hugePhoto(megabytes) {
  const buffer = Buffer.alloc(megabytes << 20, 0x20)
  buffer.set([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00])
  return { name: 'huge.jpg', mimeType: 'image/jpeg', buffer }
}
