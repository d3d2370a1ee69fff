import { colourToken, marks, type Mark } from '@/ui/state'
import { markBody } from '@/ui/state-shapes'

/** The marks that a point can have, in the order of their pictures. */
export const drawn: readonly Mark[] = marks.filter((mark) => !['rejected', 'merged', 'voided'].includes(mark))

/** The number of each state of an answer among the drawn marks, -1 for one that is not drawn. */
export const markNumbers = (states: readonly string[]) => states.map((state) => drawn.indexOf(state as Mark))

/** Each mark has four pictures: plain, overdue, emergency, both. */
const variants = [{}, { overdue: true }, { emergency: true }, { overdue: true, emergency: true }]

export const columns = 8
export const rows = Math.ceil((drawn.length * variants.length) / columns)
/** Pixels of one picture: enough for the largest mark of the largest wall, and halved evenly for small ones. */
const cell = 64
/** The room around a mark, in units of its drawing (24 wide), so that pictures do not run into each other. */
const margin = 1.2

type Token = (name: string) => string

/** All pictures in one drawing. */
export function atlasSvg(token: Token): string {
  const body = drawn.flatMap((mark, m) =>
    variants.map((flags, v) => {
      const n = m * variants.length + v
      const colours = { state: token(colourToken[mark]), cut: token('--panel'), overdue: token('--state-overdue') }
      const scale = cell / (24 + 2 * margin)
      const at = `translate(${(n % columns) * cell + margin * scale} ${Math.floor(n / columns) * cell + margin * scale}) scale(${scale})`
      return `<g transform="${at}">${markBody(mark, colours, flags)}</g>`
    }),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${columns * cell}" height="${rows * cell}">${body.join('')}</svg>`
}

/** The pictures of all marks in the colours of the theme in effect. */
export async function drawAtlas(token: Token): Promise<HTMLCanvasElement> {
  const image = new Image(columns * cell, rows * cell)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(atlasSvg(token))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = columns * cell
  canvas.height = rows * cell
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d canvas')
  context.drawImage(image, 0, 0)
  return canvas
}
