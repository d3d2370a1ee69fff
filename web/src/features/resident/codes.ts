import { ref } from 'vue'
import { stored } from '@/ui/stored'
import { cleanCode } from './code'

/** A report that this device remembers, so that nobody has to keep a slip of paper. */
export interface OwnCode {
  code: string
  number: string
  title: string
  at: number
}

const key = 'own-codes'
const most = 30

function read(): OwnCode[] {
  try {
    const list: unknown = JSON.parse(stored.get(key) ?? '[]')
    return Array.isArray(list) ? list.filter((one): one is OwnCode => typeof one?.code === 'string' && typeof one?.at === 'number') : []
  } catch {
    return []
  }
}

/** The remembered codes, newest first. They stay in this browser and are sent nowhere. */
export const ownCodes = ref<OwnCode[]>(read())

function keep(list: OwnCode[]): void {
  ownCodes.value = list
  if (list.length) stored.set(key, JSON.stringify(list))
  else stored.remove(key)
}

export const remembered = (code: string): boolean => ownCodes.value.some((one) => cleanCode(one.code) === cleanCode(code))

export function remember(one: OwnCode): void {
  keep([one, ...ownCodes.value.filter((other) => cleanCode(other.code) !== cleanCode(one.code))].slice(0, most))
}

export function forget(code: string): void {
  keep(ownCodes.value.filter((one) => cleanCode(one.code) !== cleanCode(code)))
}

export function forgetAll(): void {
  keep([])
}
