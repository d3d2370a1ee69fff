import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'

/** A share with what it was made of; `value` is null where there was nothing to measure. */
export interface Share {
  value: number | null
  count: number
  base: number
}

/** What a figure is: its name, what it counts, how it is made, and of what. */
export interface Explanation {
  name: string
  what: string
  formula?: string
  share?: Share
  /** Instead of `share`, where the figure is no share: how it came about, as a sentence. */
  made?: string
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
