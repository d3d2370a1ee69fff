// A grid of the demo that a line from north to south through its middle cuts in two.

/** The grid, and a micro-grid at its western and at its eastern end. */
export async function splittable(admin) {
  const { items } = await admin.get('/api/v1/areas?level=grid&limit=200')
  for (const grid of items.filter(one => one.children >= 4)) {
    const { bounds } = await admin.get(`/api/v1/areas/${grid.id}`)
    const below = await admin.get(`/api/v1/areas/${grid.id}/children`)
    const spots = await Promise.all(below.items.map(one => admin.get(`/api/v1/areas/${one.id}`)))
    spots.sort((a, b) => a.lon - b.lon)
    const lon = (bounds[0] + bounds[2]) / 2
    const preview = await admin.post('/api/v1/redraws/preview', { kind: 'split', areas: [grid.id], line: [[lon, bounds[1] - 0.01], [lon, bounds[3] + 0.01]] })
    if (!preview.fits || preview.parts.length !== 2) continue
    return { grid, west: spots[0], east: spots.at(-1) }
  }
  throw new Error('no grid can be split')
}
