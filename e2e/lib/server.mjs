// The real binary, on a free port, with a data folder of its own.
import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export const binary = path.resolve(import.meta.dirname, '../..', process.env.GEZHI_BIN ?? 'bin/gezhi')

/** How long a server may take until it is ready; the full demo is loaded in less than a minute on a machine that does nothing else. */
const readyLimit = 60_000
const loadLimit = 240_000
const stopLimit = 15_000

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** Settings of the person who runs the tests must not leak into the server under test. */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GEZHI_')))
}

/** A folder with the demo in it, loaded once by a server of its own: copying it is much faster than loading it. */
let loaded
const demoFolder = () =>
  (loaded ??= (async () => {
    const server = await startServer({ loading: true })
    await server.end()
    return server.data
  })())

/** Removes the folder that demo servers were copied from. */
export async function forgetDemo() {
  const folder = await loaded?.catch(() => undefined)
  loaded = undefined
  if (folder) await rm(folder, { recursive: true, force: true })
}

/**
 * Starts `gezhi serve` and waits until it is ready.
 * @param {{demo?: boolean, loading?: boolean, env?: Record<string, string>, args?: string[]}} options
 *   `loading` loads the demo itself instead of copying what was loaded before
 */
export async function startServer({ demo = true, loading = false, env = {}, args = [] } = {}) {
  const data = await mkdtemp(path.join(tmpdir(), 'gezhi-e2e-'))
  // Another engine, key file or zone is another store.
  if (demo && !loading && !env.GEZHI_DB && !env.GEZHI_KEY_FILE && !env.GEZHI_TZ && !env.GEZHI_DATA) {
    await cp(await demoFolder(), data, { recursive: true })
  }
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const lines = []
  let child, exit, ended

  async function begin() {
    ended = undefined
    child = spawn(binary, ['serve', ...(demo ? ['--demo'] : []), ...args], {
      env: { ...cleanEnvironment(), GEZHI_ADDR: `127.0.0.1:${port}`, GEZHI_DATA: data, GEZHI_TEST_CLOCK: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', text => lines.push(...text.split('\n').filter(Boolean)))
    }
    const mine = child
    exit = new Promise(resolve => {
      mine.on('exit', (code, signal) => resolve((ended = { code, signal })))
      mine.on('error', error => resolve((ended = { error })))
    })
    const started = Date.now()
    const limit = loading ? loadLimit : readyLimit
    while (!(await isReady(base))) {
      if (ended || Date.now() - started > limit) {
        throw new Error(`the server ${ended ? `ended: ${JSON.stringify(ended, (_, v) => v?.message ?? v)}` : `is not ready after ${limit / 1000} s`}`)
      }
      await pause(100)
    }
  }

  async function end() {
    if (!ended) child.kill('SIGTERM')
    const inTime = await Promise.race([exit.then(() => true), pause(stopLimit, false, { ref: false })])
    if (inTime) return
    child.kill('SIGKILL')
    await exit
    throw new Error(`the server did not end within ${stopLimit / 1000} s of SIGTERM`)
  }

  const server = {
    base, data, env,
    tail: (count = 40) => lines.slice(-count).join('\n'),
    /** Lines in which the server says that something broke. */
    complaints: () => lines.filter(line => /level=ERROR|"level":"ERROR"|^panic:|^fatal error:|DATA RACE/.test(line)),
    /** Ends the server as an upgrade does; `start` begins again on the same address with the same data. */
    end,
    start: begin,
    async stop() {
      await end().finally(() => rm(data, { recursive: true, force: true }))
    },
  }
  try {
    await begin()
  } catch (error) {
    await server.stop().catch(() => {})
    throw new Error(`${error.message}\n${server.tail()}`)
  }
  return server
}

async function isReady(base) {
  try {
    return (await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}
