import { inject, onScopeDispose, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { PlaceValue } from '@/ui/action-form'

interface Picking {
  /** Who waits for a click on the map of the page; none when nobody does. */
  target: ShallowRef<((at: PlaceValue) => void) | undefined>
  picked: ShallowRef<PlaceValue | undefined>
}

const key: InjectionKey<Picking> = Symbol('picking')

/** Lends the map of a page to forms that ask for a place, so that there is one map and not two. */
export function usePicking() {
  const picking: Picking = { target: shallowRef(), picked: shallowRef() }
  provide(key, picking)
  function pick(at: PlaceValue): void {
    picking.picked.value = at
    picking.target.value?.(at)
  }
  return { ...picking, pick }
}

/** Asks for clicks on the page's map while the component lives; without such a map it gives nothing. */
export function useLentMap(callback: (at: PlaceValue) => void) {
  const picking = inject(key, undefined)
  if (!picking) return undefined
  picking.target.value = callback
  onScopeDispose(() => (picking.target.value = picking.picked.value = undefined))
  return { show: (at: PlaceValue) => (picking.picked.value = at) }
}
