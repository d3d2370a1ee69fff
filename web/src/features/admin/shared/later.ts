import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** The value once it has rested for a moment, so that a search does not ask at each letter. */
export function rested<T>(source: Ref<T>, ms = 250): Ref<T> {
  const value = ref(source.value) as Ref<T>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (next) => {
    clearTimeout(timer)
    timer = setTimeout(() => (value.value = next), ms)
  })
  onScopeDispose(() => clearTimeout(timer))
  return value
}
