import { exifSegment, setUpright, withExif } from './exif'

/** The longest side of a photo that is sent, in pixels: enough to read a number plate across the street. */
const longestSide = 2560
/** Small enough to go as it is. */
const smallBytes = 1_500_000
/** The description of a picture stands at its beginning, and a segment has at most 64 KB. */
const headBytes = 256 << 10

/** The size that a picture is brought to: never larger than it is. */
export function fit(width: number, height: number, longest = longestSide): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * A photo as it is sent: upright, brought to a size that a slow network carries, and with what the camera wrote about
 * place and time, which the server offers as the place. What the browser cannot draw goes as it is; the server
 * decides about it.
 */
export async function prepare(file: File): Promise<Blob> {
  let picture: ImageBitmap | undefined
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const size = fit(picture.width, picture.height)
    if (file.size <= smallBytes && size.width === picture.width && /^image\/(jpeg|png|webp)$/.test(file.type)) return file
    const small = await drawn(picture, size)
    return small ? await described(small, file) : file
  } catch {
    return file
  } finally {
    picture?.close()
  }
}

function drawn(picture: ImageBitmap, { width, height }: { width: number; height: number }): Promise<Blob | null> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86))
}

async function described(small: Blob, file: File): Promise<Blob> {
  const segment = exifSegment(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()))
  if (!segment) return small
  setUpright(segment)
  return new Blob([withExif(new Uint8Array(await small.arrayBuffer()), segment)], { type: 'image/jpeg' })
}
