// Measures the faces as a person meets them: what everyday tasks cost a scripted person, and what a face weighs on a
// cold cache. Prints the tables and keeps them in docs/benchmarks.md; fails when a face is heavier than it may be.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { account, split } from './bench/admin-tasks.mjs'
import { dispatch, findByPhone, handle, hotline } from './bench/desk-tasks.mjs'
import { patrol, resident } from './bench/phone-tasks.mjs'
import { faces, weigh } from './bench/wire.mjs'
import { makeApi } from './lib/api.mjs'
import { launch, makeBrowser } from './lib/browser.mjs'
import { forgetDemo, startServer } from './lib/server.mjs'

const root = path.join(import.meta.dirname, '..')
const page = path.join(root, 'docs/benchmarks.md')
const marks = ['<!-- bench-web -->', '<!-- /bench-web -->']

const tasks = {
  'hotline report (number, words, three proposals)': hotline,
  'phone report (photo, kind, send)': patrol,
  'resident report (photo, place, one sentence)': resident,
  'dispatch of a proposal': dispatch,
  'claim and handle': handle,
  'find an incident by phone number': findByPhone,
  'add an account': account,
  'split a grid': split,
}

const row = cells => `| ${cells.join(' | ')} |`
const table = (head, rows) => [row(head), row(head.map((_, i) => (i ? '--:' : '---'))), ...rows.map(row)].join('\n')
const kilo = bytes => (bytes / 1024).toFixed(1)

async function doTasks(browser, api) {
  const rows = []
  for (const [name, task] of Object.entries(tasks)) {
    const person = await task({ browser, api })
    const { chars, keys, points, steps, waited } = person.counts
    rows.push([name, chars, keys, points, steps, waited.toFixed(1), person.seconds.toFixed(1)])
    console.log(row(rows.at(-1)))
  }
  return table(['task', 'characters', 'keys', 'clicks or taps', 'steps', 'waiting (s)', 'altogether (s)'], rows)
}

async function weighFaces(browser) {
  const rows = []
  const heavy = []
  for (const face of faces) {
    const { files, data, seconds } = await weigh(browser, face)
    rows.push([`\`${face.path}\` (${face.what})`, files.requests, kilo(files.sent), kilo(files.unpacked), data.requests, kilo(data.sent), seconds.toFixed(1), face.most ? kilo(face.most) : ''])
    console.log(row(rows.at(-1)))
    if (face.most && files.sent > face.most) heavy.push(`${face.path} takes ${kilo(files.sent)} KB of files, and may take ${kilo(face.most)}`)
  }
  return { heavy, weights: table(['face', 'files', 'KB sent (gzip)', 'KB unpacked', 'calls for data', 'KB of data', 'there after (s)', 'limit (KB)'], rows) }
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
  const { heavy, weights } = await weighFaces(browser)
  const done = await doTasks(browser, makeApi(server.base))
  const machine = `${os.cpus()[0].model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()}; load ${os.loadavg()[0].toFixed(1)} while it ran; Chromium ${chrome.version()}, full demo on SQLite, \`make bench-web\`, ${new Date().toISOString().slice(0, 10)}.`
  await keep(`\nMeasured on ${machine}\n\n${done}\n\n${weights}\n`)
  if (heavy.length) {
    console.error(heavy.join('\n'))
    process.exitCode = 1
  }
} finally {
  await chrome.close()
  await server.stop()
  await forgetDemo()
}
