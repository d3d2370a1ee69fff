/** Where the points of a line lie in a box; a value that is not there breaks the line. */
export interface Line {
  paths: string[]
  last?: { x: number; y: number }
}

/** The least height of the scale, so that noise does not look like a mountain. */
const least = 0.1

/** Draws values from left to right, the highest of them at the top, each share on one scale with the others. */
export function lineOf(values: (number | null)[], width: number, height: number): Line {
  const known = values.filter((value): value is number => value !== null)
  if (!known.length) return { paths: [] }
  const top = Math.min(1, Math.max(...known, Math.min(...known) + least))
  const span = Math.max(top - Math.min(...known), least)
  const x = (n: number) => (values.length < 2 ? width / 2 : (n / (values.length - 1)) * width)
  const y = (value: number) => ((top - value) / span) * height
  const line: Line = { paths: [] }
  let path = ''
  values.forEach((value, n) => {
    if (value === null) {
      if (path) line.paths.push(path)
      path = ''
      return
    }
    path += `${path ? 'L' : 'M'}${x(n).toFixed(1)} ${y(value).toFixed(1)}`
    line.last = { x: x(n), y: y(value) }
  })
  if (path) line.paths.push(path)
  return line
}
