import { ApiError } from '@/api/error'
import { serverTime } from '@/api/clock'
import { bodyToSend, type Item, type Refusal } from './item'
import type { Shelf } from './store'

/** What the outbox needs of the network. Every call rejects with an ApiError. */
export interface Wire {
  /** The account of the session now, empty when nobody is signed in. */
  account(): Promise<string>
  /** Stores a file and gives its id. */
  upload(blob: Blob, name: string): Promise<string>
  /** Sends a JSON text under an Idempotency-Key. */
  post(path: string, body: string, key: string): Promise<unknown>
}

/** Why the rest waits: no answer from the server, or nobody of theirs is signed in. */
export type Pause = 'network' | 'account'

export interface Round {
  /** What was taken, with the server's answers. */
  sent: Map<string, unknown>
  refused: Map<string, ApiError>
  pause?: Pause
}

/** Nothing was decided: the same may simply be sent again. */
const undecided = (error: ApiError) => error.again || error.code === 'request.running'

export const refusalOf = ({ status, code, params, fields }: ApiError): Refusal => ({ status, code, params, fields })

/**
 * Sends what waits for an account, oldest first, each under its own key until the server has said yes or no. What it
 * refuses stays with the reason; at the first that gets no answer the round ends, so that order is kept.
 */
export async function sendAll(shelf: Shelf, wire: Wire, account: string): Promise<Round> {
  const round: Round = { sent: new Map(), refused: new Map() }
  const waiting = (await shelf.all()).filter((item) => item.account === account && !item.refused)
  for (const item of waiting.sort((a, b) => a.place - b.place)) {
    try {
      // Another tab may have signed in as somebody else since.
      if ((await wire.account()) !== account) return { ...round, pause: 'account' }
      round.sent.set(item.id, await sendOne(shelf, wire, item))
      await shelf.remove(item.id)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (undecided(error)) return { ...round, pause: 'network' }
      if (error.status === 401) return { ...round, pause: 'account' }
      round.refused.set(item.id, error)
      await shelf.put({ ...item, refused: refusalOf(error) })
    }
  }
  return round
}

async function sendOne(shelf: Shelf, wire: Wire, item: Item): Promise<unknown> {
  await store(shelf, wire, item)
  try {
    return await wire.post(item.path, await frozen(shelf, item), item.id)
  } catch (error) {
    // An upload that nothing took is removed after a day; nothing was done with this key then.
    if (!(error instanceof ApiError) || !error.fields.some(({ code }) => code === 'file.unknown')) throw error
    for (const file of Object.values(item.files)) delete file.stored
    delete item.frozen
    await store(shelf, wire, item)
    return wire.post(item.path, await frozen(shelf, item), item.id)
  }
}

/** Each file is noted as soon as it is stored, so that an interrupted round goes on where it was. */
async function store(shelf: Shelf, wire: Wire, item: Item): Promise<void> {
  for (const file of Object.values(item.files)) {
    if (file.stored) continue
    file.stored = await wire.upload(file.blob, file.name)
    await shelf.put(item)
  }
}

/** The text to send: made once and kept, because the server compares it when the same key comes again. */
async function frozen(shelf: Shelf, item: Item): Promise<string> {
  if (item.frozen === undefined) {
    const when = item.kind === 'report' ? { occurred_at: serverTime(item.at) } : {}
    item.frozen = JSON.stringify({ ...bodyToSend(item), ...when })
    await shelf.put(item)
  }
  return item.frozen
}
