import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Share } from './types'

/** What a figure on the wall is: its name, what it counts, how it is made, and of what. */
export interface Explanation {
  name: string
  what: string
  formula?: string
  share?: Share
}

/** An explanation beside the figure that it belongs to. */
export interface Shown extends Explanation {
  beside: HTMLElement
  /** Pressed and not only pointed at: it stays. */
  pinned: boolean
}

const key: InjectionKey<ShallowRef<Shown | undefined>> = Symbol('explained')

/** One explanation at a time, for all figures below. */
export function provideExplained(): ShallowRef<Shown | undefined> {
  const shown = shallowRef<Shown>()
  provide(key, shown)
  return shown
}

export function useExplained(): ShallowRef<Shown | undefined> {
  return inject(key, () => shallowRef<Shown>(), true)
}
