import type { QueueNumber } from './api'

/** The number at a window now; undefined while nobody is there. */
export const currentAt = (numbers: readonly QueueNumber[], window: string | undefined): QueueNumber | undefined =>
  numbers.find((number) => number.window === window && (number.state === 'called' || number.state === 'serving'))

export const waiting = (numbers: readonly QueueNumber[], kind?: string): QueueNumber[] =>
  numbers.filter((number) => number.state === 'waiting' && (!kind || number.kind === kind))

/** What the waiting room sees: who is called or being served, the latest call first. */
export const board = (numbers: readonly QueueNumber[]): QueueNumber[] =>
  numbers
    .filter((number) => number.state === 'called' || number.state === 'serving')
    .sort((a, b) => (b.called_at ?? 0) - (a.called_at ?? 0))

/** Whole minutes, at least one. */
export const minutes = (length: number): number => Math.max(1, Math.round(length / 60_000))
