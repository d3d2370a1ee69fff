// Measures the command screen: first paint and full load on a cold cache, and how smoothly its map moves with 100,000
// points and with 10,000 changes a minute. Prints the tables and keeps them in docs/benchmarks.md.
//
//   node bench-screen.mjs                        the tables
//   node bench-screen.mjs --memory --minutes 60  whether the page's memory stays flat while it is left open
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { countFrames, dragMap, feedPoints } from './bench/screen-feed.mjs'
import { weigh } from './bench/wire.mjs'
import { launch, makeBrowser } from './lib/browser.mjs'
import { forgetDemo, startServer } from './lib/server.mjs'

const root = path.join(import.meta.dirname, '..')
const page = path.join(root, 'docs/benchmarks.md')
const marks = ['<!-- bench-screen -->', '<!-- /bench-screen -->']
const option = name => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const seconds = Number(option('seconds') ?? 20)
const minutes = Number(option('minutes') ?? 60)

const row = cells => `| ${cells.join(' | ')} |`
const table = (head, rows) => [row(head), row(head.map((_, i) => (i ? '--:' : '---'))), ...rows.map(row)].join('\n')
const kilo = bytes => (bytes / 1024).toFixed(1)

/** The ground of the demo's street. */
const bounds = [104.055, 30.655, 104.125, 30.71]
const mapStands = '.wall-map[data-sight*=","]'

async function openWall(browser, feed) {
  const wall = await browser.open({ path: 'about:blank', viewport: 'wide', as: 'leader', worker: false, expected: [/./] })
  // Somebody may have asked their system for less motion; the measurement has all of it.
  wall.setDefaultTimeout(120_000)
  await wall.emulateMedia({ reducedMotion: 'no-preference' })
  const told = feed && (await feedPoints(wall, { bounds, ...feed }))
  await wall.goto('/screen')
  await wall.locator(mapStands).waitFor({ timeout: 120_000 })
  await pause(5000)
  return { wall, told }
}

async function firstLoad(browser) {
  const { files, data, seconds: full } = await weigh(browser, { path: '/screen', viewport: 'wide', as: 'leader', ready: mapStands })
  const { wall } = await openWall(browser)
  const paint = await wall.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)
  await wall.context().close()
  return table(['first paint (s)', 'map and figures there (s)', 'files', 'KB sent (gzip)', 'KB unpacked', 'calls for data', 'KB of data'],
    [[(paint / 1000).toFixed(2), full.toFixed(1), files.requests, kilo(files.sent), kilo(files.unpacked), data.requests, kilo(data.sent)]])
}

async function frames(browser) {
  const rows = []
  const measure = async (name, feed, drags) => {
    const { wall, told } = await openWall(browser, feed)
    const begun = { changes: told.changes, at: performance.now() }
    const stop = drags ? dragMap(wall) : undefined
    const { fps, longest } = await countFrames(wall, seconds)
    const perMinute = ((told.changes - begun.changes) * 60_000) / (performance.now() - begun.at)
    await stop?.()
    rows.push([name, feed.count.toLocaleString('en'), Math.round(perMinute).toLocaleString('en'), fps.toFixed(1), Math.round(longest)])
    console.log(row(rows.at(-1)))
    await wall.context().close()
  }
  await measure('at rest, with pulses', { count: 300 })
  await measure('at rest, with pulses', { count: 100_000 })
  await measure('map dragged to and fro', { count: 100_000 }, true)
  await measure('live changes', { count: 5000, perMinute: 10_000 })
  await measure('live changes', { count: 100_000, perMinute: 10_000 })
  return table(['', 'points', 'changes a minute', 'pictures a second', 'longest wait (ms)'], rows)
}

async function memory(browser) {
  const { wall, told } = await openWall(browser, { count: 3000, perMinute: 10_000 })
  const wire = await wall.context().newCDPSession(wall)
  await wire.send('Performance.enable')
  const heap = async () => {
    await wire.send('HeapProfiler.collectGarbage')
    const { metrics } = await wire.send('Performance.getMetrics')
    const of = name => metrics.find(one => one.name === name).value
    return { mb: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes'), listeners: of('JSEventListeners') }
  }
  await pause(30_000)
  const before = await heap()
  const show = (minute, { mb, nodes, listeners }) => console.log(`${String(minute).padStart(3)} min  ${mb.toFixed(1)} MB  ${nodes} nodes  ${listeners} listeners  ${told.changes.toLocaleString('en')} changes`)
  show(0, before)
  let after = before
  for (let minute = 1; minute <= minutes; minute++) {
    await pause(60_000)
    after = await heap()
    show(minute, after)
  }
  const grown = after.mb - before.mb
  console.log(`grown by ${grown.toFixed(1)} MB in ${minutes} min`)
  // A page that keeps 10 MB an hour keeps 7 GB a month.
  if (grown > Math.max(3, minutes / 12)) process.exitCode = 1
}

async function keep(text) {
  const before = await readFile(page, 'utf8')
  const [from, to] = marks.map(mark => before.indexOf(mark))
  await writeFile(page, `${before.slice(0, from + marks[0].length)}\n${text}\n${before.slice(to)}`)
}

const executable = execFileSync(path.join(root, 'scripts/chromium.sh'), { encoding: 'utf8' }).trim()
if (!executable) throw new Error('no Chromium: see docs/adr/0002-tests-bring-their-own.md')
const server = await startServer()
const chrome = await launch(executable)
try {
  const browser = makeBrowser(chrome, server.base)
  if (process.argv.includes('--memory')) await memory(browser)
  else {
    const load = await firstLoad(browser)
    console.log(load)
    const moving = await frames(browser)
    const machine = `${os.cpus()[0].model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()}; load ${os.loadavg()[0].toFixed(1)} while it ran; Chromium ${chrome.version()} without a graphics card: all pictures are drawn by the processor (SwiftShader), which also serves and feeds; 1920x1080; \`make bench-web\`, ${new Date().toISOString().slice(0, 10)}.`
    await keep(`\nMeasured on ${machine}\n\n${load}\n\n${moving}\n`)
  }
} finally {
  await chrome.close()
  await server.stop()
  await forgetDemo()
}
