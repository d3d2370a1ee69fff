import { reactive } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError, offline } from '@/api/error'
import { learnTime } from '@/api/clock'
import { localId, newItem, type Item } from './item'
import { sendAll, type Wire } from './send'
import { MemoryShelf } from './store'
import { Outbox } from './useOutbox'

/** A server as it answers requests with keys: the same key with the same text is done once. */
class Server implements Wire {
  signedIn = 'a1'
  reachable = true
  /** How many answers get lost after the server did what was asked. */
  loses = 0
  done = new Map<string, { path: string; body: string }>()
  order: string[] = []
  uploads = 0
  stored = new Set<string>()
  refuses = new Map<string, ApiError>()

  account = () => (this.reachable ? Promise.resolve(this.signedIn) : Promise.reject(offline()))

  upload(): Promise<string> {
    if (!this.reachable) return Promise.reject(offline())
    const id = `f${++this.uploads}`
    this.stored.add(id)
    return Promise.resolve(id)
  }

  post(path: string, body: string, key: string): Promise<unknown> {
    if (!this.reachable) return Promise.reject(offline())
    const refusal = this.refuses.get(path)
    if (refusal) return Promise.reject(refusal)
    const before = this.done.get(key)
    if (before && before.body !== body) return Promise.reject(new ApiError(409, 'request.key_reused'))
    const files = (JSON.parse(body) as { files?: string[] }).files ?? []
    if (!before && files.some((id) => !this.stored.has(id))) {
      return Promise.reject(new ApiError(422, 'input.invalid', [{ field: 'files', code: 'file.unknown' }]))
    }
    if (!before) this.order.push(path)
    this.done.set(key, { path, body })
    if (this.loses > 0) {
      this.loses--
      return Promise.reject(offline())
    }
    return Promise.resolve({ id: key })
  }
}

let server: Server
let shelf: MemoryShelf
let place = 0
beforeEach(() => {
  server = new Server()
  shelf = new MemoryShelf()
  learnTime('Sun, 22 Nov 2026 12:00:00 GMT', Date.parse('2026-11-22T12:00:00Z'))
})

const item = (path: string, more: Partial<Item> = {}): Item => ({
  ...newItem({ account: 'a1', kind: 'act', title: path, path, body: {} }),
  place: ++place,
  ...more,
})
const photo = () => ({ p1: { blob: new Blob(['x'], { type: 'image/jpeg' }), name: 'a.jpg' } })
const keep = async (...items: Item[]) => {
  for (const one of items) await shelf.put(one)
}
const waiting = async () => (await shelf.all()).map(({ path }) => path)

describe('what was done without network', () => {
  it('is sent in the order in which it was done', async () => {
    await keep(item('/claim'), item('/arrive'), item('/handle'))
    server.reachable = false
    expect((await sendAll(shelf, server, 'a1')).pause).toBe('network')
    expect(await waiting()).toHaveLength(3)
    server.reachable = true
    expect((await sendAll(shelf, server, 'a1')).sent.size).toBe(3)
    expect(server.order).toEqual(['/claim', '/arrive', '/handle'])
    expect(await waiting()).toEqual([])
  })

  it('is done once, although the answer was lost after the server took it', async () => {
    const report = item('/report', { kind: 'report', body: { files: [localId('p1')] }, files: photo() })
    await keep(report)
    server.loses = 2
    await sendAll(shelf, server, 'a1')
    await sendAll(shelf, server, 'a1')
    const last = await sendAll(shelf, server, 'a1')
    expect(last.sent.has(report.id)).toBe(true)
    expect(server.order).toEqual(['/report'])
    expect(server.uploads).toBe(1)
  })

  it('carries the same text each time, although the clock was set meanwhile', async () => {
    const report = item('/report', { kind: 'report', at: Date.parse('2026-11-22T10:00:00Z') })
    await keep(report)
    server.loses = 1
    await sendAll(shelf, server, 'a1')
    learnTime('Sun, 22 Nov 2026 13:00:00 GMT', Date.parse('2026-11-22T12:00:00Z'))
    expect((await sendAll(shelf, server, 'a1')).sent.has(report.id)).toBe(true)
    expect(server.order).toHaveLength(1)
  })

  it('says when it happened by the clock of the server', async () => {
    learnTime('Sun, 22 Nov 2026 13:00:00 GMT', Date.parse('2026-11-22T12:00:00Z'))
    const report = item('/report', { kind: 'report', at: Date.parse('2026-11-22T10:00:00Z') })
    await keep(report)
    await sendAll(shelf, server, 'a1')
    expect(JSON.parse(server.done.get(report.id)?.body ?? '')).toEqual({ occurred_at: Date.parse('2026-11-22T11:00:00Z') })
  })

  it('stores its photos again when the server has thrown them away', async () => {
    const files = photo()
    Object.assign(files.p1, { stored: 'gone' })
    await keep(item('/note', { body: { files: [localId('p1')] }, files }))
    expect((await sendAll(shelf, server, 'a1')).sent.size).toBe(1)
    expect(server.uploads).toBe(1)
  })
})

describe('what the server refuses', () => {
  it('stays with the reason, and the rest goes on', async () => {
    server.refuses.set('/arrive', new ApiError(409, 'action.state'))
    await keep(item('/arrive'), item('/note'))
    await sendAll(shelf, server, 'a1')
    expect(server.order).toEqual(['/note'])
    const [left] = await shelf.all()
    expect(left?.refused).toMatchObject({ status: 409, code: 'action.state' })
    await sendAll(shelf, server, 'a1')
    expect(await waiting()).toEqual(['/arrive'])
  })

  it('is not done twice when it was changed after it had arrived unnoticed', async () => {
    const note = item('/note', { body: { text: 'first' } })
    await keep(note)
    server.loses = 1
    await sendAll(shelf, server, 'a1')
    await shelf.put({ ...note, body: { text: 'second' } })
    await sendAll(shelf, server, 'a1')
    expect(server.order).toEqual(['/note'])
    expect((await shelf.all())[0]?.refused?.code).toBe('request.key_reused')
  })

  it('waits when a request with the same key is still running', async () => {
    server.refuses.set('/note', new ApiError(409, 'request.running'))
    await keep(item('/note'))
    expect((await sendAll(shelf, server, 'a1')).pause).toBe('network')
    expect((await shelf.all())[0]?.refused).toBeUndefined()
  })
})

describe('another account on the same phone', () => {
  it('never sends what somebody else did', async () => {
    await keep(item('/mine'), item('/theirs', { account: 'a2' }))
    server.signedIn = 'a2'
    expect((await sendAll(shelf, server, 'a1')).pause).toBe('account')
    expect(server.order).toEqual([])
    await sendAll(shelf, server, 'a2')
    expect(server.order).toEqual(['/theirs'])
    expect(await waiting()).toEqual(['/mine'])
  })
})

describe('the outbox of the page', () => {
  it('says at once what became of something', async () => {
    const box = new Outbox(server, shelf)
    await box.use('a1')
    expect((await box.submit(item('/one'))).state).toBe('sent')
    server.reachable = false
    expect((await box.submit(item('/two'))).state).toBe('kept')
    expect(box.items.value.map(({ path }) => path)).toEqual(['/two'])
    server.reachable = true
    server.refuses.set('/three', new ApiError(422, 'input.invalid'))
    expect((await box.submit(item('/three'))).state).toBe('refused')
    expect(box.items.value).toEqual([])
    expect(server.order).toEqual(['/one', '/two'])
  })

  it('keeps what a page hands over, although the page watches it', async () => {
    const box = new Outbox(server, shelf)
    await box.use('a1')
    const note = reactive({ body: { text: 'x', files: [localId('p1')] }, files: photo() })
    expect((await box.submit(item('/note', note))).state).toBe('sent')
  })

  it('sends for whoever comes after somebody else, although a round had begun', async () => {
    await keep(item('/theirs', { account: 'a2' }))
    server.signedIn = 'a2'
    const box = new Outbox(server, shelf)
    await Promise.all([box.use('a1'), box.use('a2')])
    expect(server.order).toEqual(['/theirs'])
  })

  it('sends two things that are done at the same moment once each', async () => {
    const box = new Outbox(server, shelf)
    await box.use('a1')
    const outcomes = await Promise.all([box.submit(item('/one')), box.submit(item('/two'))])
    expect(outcomes.map(({ state }) => state)).toEqual(['sent', 'sent'])
    expect([...server.order].sort()).toEqual(['/one', '/two'])
  })
})
