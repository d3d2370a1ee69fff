import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { darkNow } from '@/ui/appearance'
import { hasWebGL } from '@/map/loader'
import type { Bounds } from './border-data'
import { PointStore, type Mercator } from './point-store'
import { Stage, type StageHost } from './stage'

/** The stage of one element: opened when `begin` is called, gone with the component. `dressed` goes up with each style. */
export function useStage(box: Ref<HTMLElement | undefined>, host: Omit<StageHost, 'dressed'>, bounds: () => Bounds | undefined) {
  const stage = shallowRef<Stage>()
  const broken = ref<'webgl' | 'load'>()
  const dressed = ref(0)
  let store: PointStore | undefined
  let gone = false

  async function begin(): Promise<void> {
    broken.value = hasWebGL() ? undefined : 'webgl'
    if (broken.value || !box.value) return
    try {
      const made = (origin: Mercator) => (store = new PointStore(origin, Date.now()))
      const opened = await Stage.open(box.value, { ...host, dressed: () => dressed.value++ }, made, bounds)
      if (gone) opened.destroy()
      else stage.value = opened
    } catch (error) {
      console.warn(error)
      broken.value = 'load'
    }
  }
  watch(darkNow, () => stage.value?.redress())
  onBeforeUnmount(() => {
    gone = true
    stage.value?.destroy()
  })
  return { stage, broken, dressed, begin, store: () => store }
}
