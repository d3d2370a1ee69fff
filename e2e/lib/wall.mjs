// The command screen as a journey uses it.

/** Opens the wall and waits until its map stands. */
export async function wallOf(browser, expect, as = 'leader', { at, path = '/screen' } = {}) {
  const page = await browser.open({ path, viewport: 'wide', as, at })
  const map = page.locator('.wall-map[data-sight*=","][data-points]')
  await expect.visible(map, 60_000)
  return {
    page,
    /** How many points the map holds. */
    points: async () => Number(await map.getAttribute('data-points')),
    /** Where the map stands. */
    sight: () => map.getAttribute('data-sight'),
    /** Waits until something holds. */
    until: (holds, what) =>
      expect.eventually(async () => {
        if (!(await holds())) throw new Error(`it does not hold: ${what}`)
      }, 20_000),
  }
}

/** The place in the middle of the demo's street that lies farthest from every point on the map. */
export async function clearPlace(person) {
  const { lon, lat } = await person.get('/api/v1/map/points')
  const room = (x, y) => Math.min(...lon.map((at, n) => Math.hypot((at - x) * 0.86, lat[n] - y)))
  const places = Array.from({ length: 400 }, (_, n) => [104.055 + (n % 20) * 0.002, 30.68 + Math.floor(n / 20) * 0.0015])
  return places.map(([x, y]) => ({ lon: x, lat: y, room: room(x, y) })).sort((a, b) => b.room - a.room)[0]
}

/** Where a place of the ground lies on the page. */
export function placeOnMap(page, lon, lat) {
  return page.locator('.wall-map').evaluate(
    (map, [lon, lat]) => {
      const [x, y, zoom] = map.dataset.sight.split(',').map(Number)
      const flat = (x, y) => [(x + 180) / 360, (1 - Math.log(Math.tan(Math.PI / 4 + (y * Math.PI) / 360)) / Math.PI) / 2]
      const [at, middle, world, box] = [flat(lon, lat), flat(x, y), 512 * 2 ** zoom, map.getBoundingClientRect()]
      return [box.left + box.width / 2 + (at[0] - middle[0]) * world, box.top + box.height / 2 + (at[1] - middle[1]) * world]
    },
    [lon, lat],
  )
}
