import { ref } from 'vue'
import { reportSignedOut } from './client'

/** Something changed for this person. `reset` means that changes may have been missed: read again what is shown. */
export interface LiveEvent {
  kind: 'incident.changed' | 'order.changed' | 'directive.changed' | 'notice.changed' | 'gone' | 'reset'
  incident?: string
  order?: string
  directive?: string
  notice?: string
  version?: number
  state?: string
  do?: string
}

export type LiveStatus = 'connecting' | 'open' | 'lost'

type Message = { type: 'event'; event: LiveEvent; position: string } | { type: 'status'; status: LiveStatus } | { type: 'ask' | 'again' | 'signed_out' }

const kinds = ['incident.changed', 'order.changed', 'directive.changed', 'notice.changed', 'gone', 'reset'] as const
const name = 'gezhi.live'
const longestWait = 30_000

/** How long to wait before trying again, after so many failures; spread, so that not every desk comes back at once. */
export function waitBefore(failures: number, random = Math.random()): number {
  return Math.min(longestWait, 1000 * 2 ** Math.min(failures, 5)) * (0.5 + random / 2)
}

function parse(data: unknown): Partial<LiveEvent> {
  try {
    const value: unknown = JSON.parse(String(data))
    return value !== null && typeof value === 'object' ? (value as Partial<LiveEvent>) : {}
  } catch {
    return {}
  }
}

/**
 * The stream of changes. All tabs of a browser share one connection: the tab that holds a lock keeps it and tells the
 * others over a channel; when it closes, another takes over. A browser without locks keeps one connection a tab.
 */
export class LiveFeed {
  readonly status = ref<LiveStatus>('connecting')
  private readonly listeners = new Set<(event: LiveEvent) => void>()
  private source: EventSource | undefined
  private channel: BroadcastChannel | undefined
  private stopped: AbortController | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private leads = false
  private missed = false
  /** Where in the stream the last event stood; a new connection goes on from there. */
  private position = ''

  constructor(private readonly url = '/api/v1/live') {}

  /** Calls back with each change until the returned function is called. The first listener opens the stream. */
  listen(callback: (event: LiveEvent) => void): () => void {
    this.listeners.add(callback)
    if (this.listeners.size === 1) this.start()
    return () => {
      this.listeners.delete(callback)
      if (this.listeners.size === 0) this.stop()
    }
  }

  /** Connects anew at once: somebody signed in, or does not want to wait. */
  again(): void {
    this.failures = 0
    if (this.leads) this.connect()
    else this.post({ type: 'again' })
  }

  private start(): void {
    const stopped = (this.stopped = new AbortController())
    addEventListener('online', this.online)
    if (typeof BroadcastChannel !== 'function' || !navigator.locks) return this.lead()
    this.channel = new BroadcastChannel(name)
    this.channel.onmessage = (message: MessageEvent<Message>) => this.hear(message.data)
    this.post({ type: 'ask' })
    navigator.locks
      .request(name, { signal: stopped.signal }, () => {
        this.lead()
        return new Promise<void>((release) => stopped.signal.addEventListener('abort', () => release()))
      })
      // Aborted while waiting: this tab no longer listens.
      .catch(() => undefined)
  }

  private stop(): void {
    removeEventListener('online', this.online)
    clearTimeout(this.timer)
    this.stopped?.abort()
    this.source?.close()
    this.channel?.close()
    this.source = this.channel = undefined
    this.leads = this.missed = false
    this.position = ''
    this.status.value = 'connecting'
  }

  private readonly online = () => this.again()

  private lead(): void {
    this.leads = true
    // Between the old leader's end and this connection something may have happened.
    this.missed = this.status.value !== 'connecting'
    this.connect()
  }

  private connect(): void {
    clearTimeout(this.timer)
    this.source?.close()
    const source = (this.source = new EventSource(this.position ? `${this.url}?last=${this.position}` : this.url))
    source.onopen = () => this.opened()
    source.onerror = () => this.failed(source)
    for (const kind of kinds) {
      source.addEventListener(kind, (message) => {
        const { data, lastEventId } = message as MessageEvent
        this.tell({ ...parse(data), kind }, lastEventId)
      })
    }
    source.addEventListener('signed_out', () => this.signedOut())
    source.addEventListener('replaced', () => this.replaced())
  }

  private opened(): void {
    this.failures = 0
    this.setStatus('open')
    if (this.missed && !this.position) this.tell({ kind: 'reset' }, '')
    this.missed = false
  }

  private failed(source: EventSource): void {
    if (source !== this.source) return
    this.setStatus('lost')
    // While the browser tries again by itself, it sends the last position and misses nothing.
    if (source.readyState !== EventSource.CLOSED) return
    this.missed = true
    this.timer = setTimeout(() => this.connect(), waitBefore(this.failures++))
  }

  private signedOut(): void {
    this.source?.close()
    this.missed = true
    this.setStatus('lost')
    this.post({ type: 'signed_out' })
    reportSignedOut()
  }

  /** Too many streams of this account; coming back at once would only push the next one out. */
  private replaced(): void {
    this.source?.close()
    this.missed = true
    this.setStatus('lost')
    this.timer = setTimeout(() => this.connect(), longestWait)
  }

  private hear(message: Message): void {
    if (message.type === 'event') this.emit(message.event, message.position)
    else if (message.type === 'status') this.status.value = message.status
    else if (message.type === 'signed_out') reportSignedOut()
    else if (!this.leads) return
    else if (message.type === 'ask') this.post({ type: 'status', status: this.status.value })
    else this.again()
  }

  private tell(event: LiveEvent, position: string): void {
    this.post({ type: 'event', event, position })
    this.emit(event, position)
  }

  private emit(event: LiveEvent, position: string): void {
    this.position = position || this.position
    for (const listener of this.listeners) listener(event)
  }

  private setStatus(status: LiveStatus): void {
    this.status.value = status
    this.post({ type: 'status', status })
  }

  private post(message: Message): void {
    this.channel?.postMessage(message)
  }
}

/** The stream of this browser. */
export const live = new LiveFeed()
