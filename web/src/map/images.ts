import type { Map } from 'maplibre-gl'
import { colourToken } from '@/ui/state'
import { markSvg } from '@/ui/state-shapes'
import { imageName, type MapPoint } from './overlay'

const size = 30
const ratio = 2

async function draw(svg: string): Promise<ImageData> {
  const image = new Image(size * ratio, size * ratio)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * ratio
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d canvas')
  context.drawImage(image, 0, 0, size * ratio, size * ratio)
  return context.getImageData(0, 0, size * ratio, size * ratio)
}

/** Makes the images of all states among the points known to the map, in the colours of the theme in effect. */
export async function addMarkImages(map: Map, points: MapPoint[]): Promise<void> {
  const css = getComputedStyle(document.documentElement)
  const colour = (token: string) => css.getPropertyValue(token).trim()
  const needed = new globalThis.Map(points.map((point) => [imageName(point), point]))
  await Promise.all(
    [...needed].map(async ([name, point]) => {
      if (map.hasImage(name)) return
      const colours = { state: colour(colourToken[point.mark]), cut: colour('--panel'), overdue: colour('--state-overdue') }
      const data = await draw(markSvg(point.mark, colours, point, size * ratio))
      if (!map.hasImage(name)) map.addImage(name, data, { pixelRatio: ratio })
    }),
  )
}
