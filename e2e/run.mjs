// Runs the journeys: real browser, real binary.
//
//   node run.mjs [WORD...]    only journeys whose file name holds one of the words
//
// A journey is a file in journeys/ that exports
//   name     what a person does, in one sentence
//   run      async ({ browser, base, api, expect, axe, shot, server }) => ...
//   server   optional, what server it needs: { demo: false }, { own: true }, { env: {...} };
//            without it the journey shares one demo server with the others, in whose office people confirm every
//            order; on a server of its own the demo's rules send by themselves, unless it asks for { byHand: true }
//   limit    optional, after how many milliseconds it is given up, for a journey that looks at many pages
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeApi } from './lib/api.mjs'
import { axe } from './lib/axe.mjs'
import { dispatchByHand } from './lib/byhand.mjs'
import { checkWebGL, launch, makeBrowser } from './lib/browser.mjs'
import { expect } from './lib/expect.mjs'
import { binary, forgetDemo, startServer } from './lib/server.mjs'

const here = import.meta.dirname
const out = path.join(here, 'out')
const journeyLimit = 180_000

/** A word that describes an error without hiding where it came from. */
const describe = error => (error?.stack ?? String(error)).split('\n').slice(0, 30).join('\n')

const indent = text => text.replace(/^/gm, '    ')

async function loadJourneys(words) {
  const files = (await readdir(path.join(here, 'journeys'))).filter(file => file.endsWith('.mjs')).sort()
  const wanted = files.filter(file => words.length === 0 || words.some(word => file.includes(word)))
  return Promise.all(wanted.map(async file => {
    const module = await import(path.join(here, 'journeys', file))
    return { file: file.replace(/\.mjs$/, ''), name: module.name ?? file, run: module.run, server: module.server ?? {}, limit: module.limit ?? journeyLimit }
  }))
}

/** The demo server that journeys share, started by the first that needs it. */
let shared

const sharesDemo = ({ demo = true, own = false, env, args }) => demo && !own && !env && !args

const serverFor = wish => (sharesDemo(wish) ? (shared ??= byHand(startServer({ demo: true }))) : wish.byHand ? byHand(startServer(wish)) : startServer(wish))

async function byHand(starting) {
  const server = await starting
  try {
    await dispatchByHand(makeApi(server.base))
  } catch (error) {
    await server.stop().catch(() => {})
    throw error
  }
  return server
}

async function runJourney(chrome, journey) {
  const server = await serverFor(journey.server)
  const complaintsBefore = server.complaints().length
  const browser = makeBrowser(chrome, server.base)
  const shot = async (page, name) => {
    await mkdir(out, { recursive: true })
    await page.screenshot({ path: path.join(out, `${journey.file}-${name}.png`) })
  }
  try {
    const work = journey.run({ browser, base: server.base, api: makeApi(server.base), expect, axe, shot, server })
    const late = pause(journey.limit, undefined, { ref: false }).then(() => {
      throw new Error(`not done after ${journey.limit / 1000} s`)
    })
    await Promise.race([work, late])
    const problems = [...browser.problems(), ...server.complaints().slice(complaintsBefore).map(line => `server: ${line}`)]
    if (problems.length > 0) throw new Error(`unexpected in the pages or the server:\n${problems.join('\n')}`)
  } catch (error) {
    for (const [i, page] of browser.pages().entries()) await shot(page, `failed-${i + 1}`).catch(() => {})
    error.serverTail = server.tail()
    throw error
  } finally {
    await browser.close()
    if (!sharesDemo(journey.server)) await server.stop()
  }
}

function chromiumPath() {
  return execFileSync(path.join(here, '..', 'scripts', 'chromium.sh'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
}

async function main() {
  const journeys = await loadJourneys(process.argv.slice(2))
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const totals = { passed: 0, failed: 0, skipped: 0, browser: 0 }
  const executable = chromiumPath()
  if (!executable) {
    totals.skipped = journeys.length
    return totals
  }
  if (!existsSync(binary)) throw new Error(`${binary} is missing: make build`)

  const chrome = await launch(executable)
  console.log(`# ${(await chrome.version())}, ${await checkWebGL(chrome)}`)
  console.log(`1..${journeys.length}`)
  for (const [i, journey] of journeys.entries()) {
    const started = Date.now()
    try {
      await runJourney(chrome, journey)
      totals.passed++
      totals.browser++
      console.log(`ok ${i + 1} - ${journey.file}: ${journey.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    } catch (error) {
      totals.failed++
      console.log(`not ok ${i + 1} - ${journey.file}: ${journey.name}`)
      console.log(indent(describe(error)))
      if (error.serverTail) console.log(indent(`server log:\n${error.serverTail}`))
    }
  }
  await chrome.close()
  if (shared) {
    await shared.then(server => server.stop()).catch(error => {
      totals.failed++
      console.log(`not ok - the shared server\n${indent(describe(error))}`)
    })
  }
  await forgetDemo()
  return totals
}

const totals = await main().catch(error => {
  console.error(describe(error))
  return { passed: 0, failed: 1, skipped: 0, browser: 0 }
})
console.log(`# journeys: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
await mkdir(out, { recursive: true })
await writeFile(path.join(out, 'totals.json'), JSON.stringify(totals) + '\n')
process.exit(totals.failed > 0 ? 1 : 0)
