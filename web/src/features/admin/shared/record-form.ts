import { computed, reactive, ref, watch } from 'vue'
import { ApiError, type FieldError } from '@/api/error'
import { newIntent } from '@/api/intent'
import { stored } from '@/ui/stored'

/** What a form holds: texts, numbers, yes or no, lists. */
export type Values = Record<string, unknown>

/** A field that somebody else changed meanwhile. */
export interface Difference {
  field: string
  theirs: unknown
  mine: unknown
}

export interface RecordForm<F extends Values, R> {
  /** Name under which unsent input is kept in this browser. */
  draft: string
  /** What the form shows of a record; of none for a new one. */
  fill: (record: R | undefined) => F
  /** The version that the record had when it was read. */
  version: (record: R) => number
  /** Sends the form; `version` is undefined for a new record. Gives the record as it is then. */
  send: (form: F, version: number | undefined, intent: string) => Promise<R>
  /** Reads the record as it is now, after a refusal because it changed. */
  again?: () => Promise<R>
  /** Fields that are never kept in the browser, such as a person's phone number. */
  secret?: (keyof F & string)[]
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The fields that both sides changed since `base`, each to something else. */
export function differences<F extends Values>(base: F, theirs: F, mine: F): Difference[] {
  return Object.keys(base)
    .filter((field) => !same(base[field], theirs[field]) && !same(base[field], mine[field]) && !same(theirs[field], mine[field]))
    .map((field) => ({ field, theirs: theirs[field], mine: mine[field] }))
}

/**
 * One record in one form. It knows what was changed, keeps it until it is sent, puts errors beside their fields, and
 * when somebody else was first shows what is there now without losing what was typed.
 */
export function useRecordForm<F extends Values, R>(options: RecordForm<F, R>) {
  const form = reactive(options.fill(undefined)) as F
  const base = ref(options.fill(undefined)) as { value: F }
  const version = ref<number>()
  const errors = ref<FieldError[]>([])
  const failure = ref<unknown>()
  const theirs = ref<Difference[]>()
  const busy = ref(false)
  const restored = ref(false)
  let intent = newIntent()

  const name = () => `draft.${options.draft}`
  const changed = computed(() => Object.keys(base.value).filter((field) => !same(form[field], base.value[field])))
  const dirty = computed(() => changed.value.length > 0)

  function put(values: F): void {
    Object.assign(form, structuredCloneOf(values))
  }

  /** Shows a record, or an empty form; unsent input of an earlier visit comes back over it. */
  function load(record: R | undefined): void {
    base.value = options.fill(record)
    version.value = record === undefined ? undefined : options.version(record)
    errors.value = []
    failure.value = theirs.value = undefined
    put(base.value)
    restored.value = false
    for (const [field, value] of Object.entries(readDraft(name()))) {
      if (!(field in base.value) || same(value, base.value[field])) continue
      Object.assign(form, { [field]: value })
      restored.value = true
    }
  }

  watch(
    () => JSON.stringify(form),
    () => {
      const secret = options.secret ?? []
      const kept = changed.value.filter((field) => !secret.includes(field))
      if (kept.length) stored.set(name(), JSON.stringify(Object.fromEntries(kept.map((field) => [field, form[field]]))))
      else stored.remove(name())
    },
  )

  /** Throws away what was typed. */
  function revert(): void {
    put(base.value)
    errors.value = []
    failure.value = theirs.value = undefined
    restored.value = false
    stored.remove(name())
  }

  /** Sends what was typed; gives the record as it is then, or undefined when it was refused. */
  async function save(): Promise<R | undefined> {
    if (busy.value) return undefined
    busy.value = true
    errors.value = []
    failure.value = theirs.value = undefined
    try {
      const record = await options.send(structuredCloneOf(form), version.value, intent)
      stored.remove(name())
      intent = newIntent()
      load(record)
      return record
    } catch (error) {
      // Only what got no answer may be sent again under the same key; anything else is a new attempt.
      if (!(error instanceof ApiError && error.again)) intent = newIntent()
      await refused(error)
      return undefined
    } finally {
      busy.value = false
    }
  }

  async function refused(error: unknown): Promise<void> {
    failure.value = error
    if (!(error instanceof ApiError)) return
    errors.value = error.fields
    if (error.status !== 409 || !/(^|\.)stale$/.test(error.code) || !options.again) return
    try {
      const now = await options.again()
      const filled = options.fill(now)
      theirs.value = differences(base.value, filled, form)
      const untouched = Object.keys(filled).filter((field) => same(form[field], base.value[field]))
      base.value = filled
      version.value = options.version(now)
      for (const field of untouched) Object.assign(form, { [field]: structuredCloneOf(filled)[field] })
    } catch {
      // What is there now cannot be shown; the refusal stands and the input stays.
    }
  }

  /** Takes the other side's value of a field. */
  function take(field: string): void {
    Object.assign(form, { [field]: structuredCloneOf(base.value)[field] })
    theirs.value = theirs.value?.filter((difference) => difference.field !== field)
  }

  const errorOf = (field: string) => errors.value.find((error) => error.field === field)
  function touch(field: string): void {
    errors.value = errors.value.filter((error) => error.field !== field)
  }

  return { form, version, errors, failure, theirs, busy, dirty, changed, restored, load, revert, save, take, errorOf, touch }
}

function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

function readDraft(name: string): Values {
  try {
    const value: unknown = JSON.parse(stored.get(name) ?? '{}')
    return value !== null && typeof value === 'object' ? (value as Values) : {}
  } catch {
    return {}
  }
}
