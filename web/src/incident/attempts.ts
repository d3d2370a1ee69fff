import { reactive, watch } from 'vue'
import { newIntent } from '@/api/intent'
import type { Answers } from '@/ui/action-form'
import { draftOwner } from '@/ui/draft'
import { stored } from '@/ui/stored'
import type { Offer } from './types'

/** An action that somebody began to fill in and did not send yet. */
export interface Attempt {
  answers: Answers
  /** Kept over retries, so that a request whose answer was lost is not carried out twice. */
  intent: string
  incident: string
  do: string
  order?: string
  at: number
}

type Attempts = Record<string, Attempt>

/** Nobody comes back to older words; and a browser has only so much room. */
const keptFor = 14 * 24 * 3600_000
const most = 80

/** What this account typed into forms and did not send; it outlives the form, the page and the session. */
export const attempts = reactive<Attempts>({})
const name = () => `draft.acts.${draftOwner.value}`
const keyOf = (incident: string, offer: Pick<Offer, 'do' | 'order'>) => [incident, offer.do, offer.order].join('/')

function saved(): Attempts {
  try {
    const value: unknown = JSON.parse(stored.get(name()) ?? '{}')
    return value !== null && typeof value === 'object' ? (value as Attempts) : {}
  } catch {
    return {}
  }
}

function load(): void {
  for (const key of Object.keys(attempts)) delete attempts[key]
  const now = Date.now()
  const young = Object.entries(saved()).filter(([, attempt]) => now - attempt.at < keptFor)
  Object.assign(attempts, Object.fromEntries(young.sort(([, a], [, b]) => b.at - a.at).slice(0, most)))
}
watch(draftOwner, load, { immediate: true, flush: 'sync' })

/** Another tab may have written meanwhile: only what changed here is changed there. */
function store(key: string, attempt: Attempt | undefined): void {
  const all = saved()
  if (attempt) all[key] = attempt
  else delete all[key]
  stored.set(name(), JSON.stringify(all))
}

/** The attempt at an action; a new one when there is none. It is not kept before something was typed. */
export function attemptOf(incident: string, offer: Offer): Attempt {
  const known = attempts[keyOf(incident, offer)]
  return known ?? { answers: {}, intent: newIntent(), incident, do: offer.do, order: offer.order, at: 0 }
}

export function keepAttempt(attempt: Attempt): void {
  const key = keyOf(attempt.incident, attempt)
  attempts[key] = { ...attempt, at: Date.now() }
  store(key, attempts[key])
}

export function dropAttempt(incident: string, offer: Pick<Offer, 'do' | 'order'>): void {
  const key = keyOf(incident, offer)
  delete attempts[key]
  store(key, undefined)
}

const said = (value: unknown) => (typeof value === 'string' ? value.trim() !== '' : Array.isArray(value) && value.length > 0)

/** Tells whether an attempt holds words or photos; a choice alone is made again in a moment. */
export const worthKeeping = (answers: Answers) => Object.values(answers).some(said)

/** The attempts at actions of one incident that hold words, the last first. */
export const attemptsAt = (incident: string): Attempt[] =>
  Object.values(attempts)
    .filter((attempt) => attempt.incident === incident && worthKeeping(attempt.answers))
    .sort((a, b) => b.at - a.at)
