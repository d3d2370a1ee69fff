import { computed, ref, shallowRef } from 'vue'
import { ApiError } from '@/api/error'
import { waitBefore } from '@/api/live'
import { plain, type Item } from './item'
import { sendAll, type Pause, type Round, type Wire } from './send'
import { MemoryShelf, openShelf, type Shelf } from './store'
import { browserWire } from './wire'

/** What became of something that was just done. */
export type Outcome = { state: 'sent'; answer: unknown } | { state: 'kept' } | { state: 'refused'; error: ApiError }

const lock = 'gezhi.outbox'
const inTurn = <T>(work: () => Promise<T>): Promise<T> => (navigator.locks ? navigator.locks.request(lock, work) : work())

/** The queue of this browser: everything that a person does on the phone goes through it, with network or without. */
export class Outbox {
  readonly items = shallowRef<Item[]>([])
  readonly sending = ref(false)
  readonly pause = ref<Pause>()
  /** False where the browser keeps nothing: then the page must stay open until all is sent. */
  readonly lasting = ref(true)
  account = ''
  private shelf: Promise<Shelf>
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<(round: Round) => void>()
  private running: Promise<Round> | undefined

  constructor(private readonly wire: Wire = browserWire, shelf?: Shelf) {
    this.shelf = shelf
      ? Promise.resolve(shelf)
      : openShelf().then((opened) => {
          this.lasting.value = opened.lasting
          return opened.shelf
        })
  }

  /** Works for an account from now on; what others left here stays theirs. */
  async use(account: string): Promise<void> {
    this.account = account
    // A round that has begun sends for whoever was here before.
    await this.running?.catch(() => undefined)
    await this.load()
    if (account && account === this.account) await this.flush()
  }

  onRound(callback: (round: Round) => void): () => void {
    this.listeners.add(callback)
    return () => this.listeners.delete(callback)
  }

  /** Keeps what was done and tries to send it at once. What is refused at once is handed back and not kept. */
  async submit(item: Item): Promise<Outcome> {
    await (await this.shelf).put({ ...plain(item), place: Math.max(0, ...this.items.value.map(({ place }) => place)) + 1 })
    await this.load()
    for (;;) {
      const round = await this.flush()
      if (round.sent.has(item.id)) return { state: 'sent', answer: round.sent.get(item.id) }
      const error = round.refused.get(item.id)
      if (error) {
        await this.remove(item.id)
        return { state: 'refused', error }
      }
      // A round that had begun before did not know it yet.
      if (round.pause || !this.items.value.some(({ id }) => id === item.id)) return { state: 'kept' }
    }
  }

  async change(item: Item): Promise<void> {
    await (await this.shelf).put(plain(item))
    await this.load()
  }

  /** Puts a refused one back into the line. */
  async again({ refused: _, ...item }: Item): Promise<void> {
    await this.change(item)
    await this.flush()
  }

  async remove(id: string): Promise<void> {
    await (await this.shelf).remove(id)
    await this.load()
  }

  /** Sends what waits; calls that come meanwhile share the round. */
  flush(): Promise<Round> {
    clearTimeout(this.timer)
    this.running ??= this.round().finally(() => (this.running = undefined))
    return this.running
  }

  private async round(): Promise<Round> {
    const { account } = this
    if (!account) return { sent: new Map(), refused: new Map(), pause: 'account' }
    this.sending.value = true
    try {
      const round = await inTurn(async () => sendAll(await this.shelf, this.wire, account))
      this.pause.value = round.pause
      this.failures = round.pause === 'network' ? this.failures + 1 : 0
      if (round.pause === 'network') this.timer = setTimeout(() => void this.flush(), waitBefore(this.failures))
      await this.load()
      for (const callback of this.listeners) callback(round)
      return round
    } finally {
      this.sending.value = false
    }
  }

  private async load(): Promise<void> {
    this.items.value = (await (await this.shelf).all()).sort((a, b) => a.place - b.place)
  }
}

let outbox: Outbox | undefined

/** The one outbox of the page. */
export function useOutbox() {
  outbox ??= typeof indexedDB === 'undefined' ? new Outbox(browserWire, new MemoryShelf()) : new Outbox()
  const box = outbox
  const mine = computed(() => box.items.value.filter((item) => item.account === box.account))
  return {
    box,
    mine,
    waiting: computed(() => mine.value.filter((item) => !item.refused)),
    refused: computed(() => mine.value.filter((item) => item.refused)),
    others: computed(() => box.items.value.length - mine.value.length),
  }
}
