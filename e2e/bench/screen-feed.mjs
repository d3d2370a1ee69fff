// Points for the command screen that no store holds: answers of the server are made up in the browser's way to it, so
// that the drawing alone is measured, with as many points and changes as wanted.

/** A generator of numbers that gives the same every time. */
function numbers(seed) {
  return () => {
    seed = (seed * 1664525 + 1013904223) >>> 0
    return seed / 2 ** 32
  }
}

const states = ['reported', 'verifying', 'accepted', 'dispatched', 'taken', 'arrived', 'handling', 'checking', 'checked', 'closed']

/**
 * Feeds a page's map. `count` points at first, `perMinute` changes told in time: each fifth a new point in place of an
 * old one, the others a new state. Answers what it has told so far.
 */
export async function feedPoints(page, { count, perMinute = 0, bounds: [west, south, east, north] }) {
  const random = numbers(20261122)
  const told = { changes: 0, calls: 0 }
  const points = new Map()
  let next = 0
  let position = 1
  let last = Date.now()
  const make = () => ({ id: `P${String(next++).padStart(11, '0')}`, lon: west + random() * (east - west), lat: south + random() * (north - south), state: Math.floor(random() * 10), marks: random() < 0.08 ? 1 : 0, at: Date.now() - Math.floor(random() * 3600_000) })
  for (let n = 0; n < count; n++) {
    const point = make()
    points.set(point.id, point)
  }
  let alive = [...points.keys()]
  const columns = (list, reset, gone = []) => ({
    position, reset, ground: 1, states, gone,
    ids: list.map(p => p.id), lon: list.map(p => p.lon), lat: list.map(p => p.lat), state: list.map(p => p.state), marks: list.map(p => p.marks), at: list.map(p => p.at),
  })

  function changes() {
    const due = Math.round(((Date.now() - last) * perMinute) / 60_000)
    last = Date.now()
    const changed = new Map()
    const gone = []
    for (let n = 0; n < due; n++) {
      const at = Math.floor(random() * alive.length)
      const id = alive[at]
      if (n % 5) {
        const point = points.get(id)
        point.state = (point.state + 1) % states.length
        point.marks = random() < 0.08 ? 1 : 0
        changed.set(id, point)
        continue
      }
      const point = { ...make(), at: Date.now() }
      points.delete(id)
      changed.delete(id)
      gone.push(id)
      points.set(point.id, point)
      changed.set(point.id, point)
      alive[at] = point.id
    }
    told.changes += due
    position += due
    return columns([...changed.values()], false, gone)
  }

  await page.route(/\/api\/v1\/map\/points/, route => {
    told.calls++
    if (!new URL(route.request().url()).searchParams.get('after')) {
      last = Date.now()
      return route.fulfill({ json: columns([...points.values()], true) })
    }
    return route.fulfill({ json: changes() })
  })
  // The stream tells that something changed, ends, and is opened again at once.
  if (perMinute) {
    await page.route(/\/api\/v1\/live/, route =>
      route.fulfill({ contentType: 'text/event-stream', body: `retry: 300\nid: ${position}\nevent: incident.changed\ndata: {"incident":"P","version":1,"state":"reported"}\n\n` }))
  }
  return told
}

/** Pictures a second over a time, as the browser itself counts them, and the longest wait between two of them. */
export function countFrames(page, seconds) {
  return page.evaluate(
    seconds =>
      new Promise(resolve => {
        const begun = performance.now()
        let frames = 0
        let longest = 0
        let before = begun
        const step = now => {
          longest = Math.max(longest, now - before)
          before = now
          if (now - begun < seconds * 1000) {
            frames++
            return requestAnimationFrame(step)
          }
          resolve({ fps: frames / ((now - begun) / 1000), longest })
        }
        requestAnimationFrame(step)
      }),
    seconds,
  )
}

/** Drags the map to and fro until `stop()`. */
export function dragMap(page) {
  let on = true
  const done = (async () => {
    const box = await page.locator('.maplibregl-canvas').boundingBox()
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    for (let n = 0; on; n++) {
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + (n % 2 ? -160 : 160), y + (n % 2 ? 60 : -60), { steps: 24 })
      await page.mouse.up()
    }
  })()
  return async () => {
    on = false
    await done
  }
}
