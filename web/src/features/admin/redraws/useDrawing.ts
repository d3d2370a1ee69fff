import { computed, type Ref } from 'vue'
import { crossings, moved, ringsOf, rounded, type Place } from '@/map/draw'
import type { EditArea, Handle } from '@/map/EditMap.vue'
import { useHistory } from '@/map/history'
import { t } from '@/i18n'
import type { AreaDetail, AreaFeature } from '../shared/wire'
import { draftOf, withMove, type Drawing, type Mode } from './redraws'

const half = (a: Place, b: Place): Place => rounded([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])

/** What is drawn in one mode, and what the hand on the map does to it. */
export function useDrawing(mode: Ref<Mode>, area: Ref<AreaDetail | undefined>, shapes: Ref<AreaFeature[]>, fit: Ref<boolean>) {
  const own = area.value?.id ?? ''
  const start: Drawing = { line: [], moves: [], areas: mode.value === 'merge' && own ? [own] : [], parent: '', level: 'grid' }
  const history = useHistory<Drawing>(`redraw.${mode.value}.${own}`, start)
  const drawing = history.value
  const change = (next: Partial<Drawing>, same = false) => history.set({ ...drawing.value, ...next }, same)

  const draws = computed(() => mode.value === 'new' || mode.value === 'split')
  const closed = computed(() => mode.value === 'new')
  const changedShapes = computed(() =>
    mode.value !== 'border' ? [] : shapes.value.flatMap((shape) => {
      const geometry = shape.geometry as EditArea['geometry'] | null
      return geometry && drawing.value.moves.length ? [{ shape, geometry: moved(geometry, drawing.value.moves) }] : []
    }),
  )
  /** The rings that moving points has made. */
  const ownRings = computed(() => {
    const feature = shapes.value.find((shape) => shape.id === own)
    return feature?.geometry ? ringsOf(moved(feature.geometry as EditArea['geometry'], drawing.value.moves)) : []
  })
  const flaws = computed<Place[]>(() => {
    if (draws.value) return crossings(drawing.value.line, closed.value)
    return changedShapes.value.flatMap(({ geometry }) => ringsOf(geometry).flatMap((ring) => crossings(ring.slice(0, -1), true))).slice(0, 20)
  })

  const handles = computed<Handle[]>(() => {
    const rings = draws.value ? [drawing.value.line] : mode.value === 'border' ? ownRings.value.map((ring) => ring.slice(0, -1)) : []
    return rings.flatMap((ring, r) =>
      ring.flatMap((at, i): Handle[] => {
        const corner = { id: `${r}:${i}`, at, label: t('redraw.corner', { n: i + 1 }) }
        const next = ring[i + 1] ?? (ring.length > 2 && (closed.value || mode.value === 'border') ? ring[0] : undefined)
        return next ? [corner, { id: `${r}:${i}:m`, at: half(at, next), middle: true, label: t('redraw.between', { n: i + 1 }) }] : [corner]
      }),
    )
  })

  /** The point being dragged on an edge becomes a corner with the first pixel, so its id is another one from then on. */
  let carried: { id: string; at: Place } | undefined
  function drag(id: string, to: Place, first: boolean): void {
    const handle = handles.value.find((one) => one.id === id)
    if (first || carried?.id !== id) carried = handle && { id, at: handle.at }
    if (!carried) return
    const at = carried.at
    carried = { id, at: to }
    if (mode.value === 'border') return change({ moves: withMove(drawing.value.moves, at, to) }, !first)
    const [, index = 0, middle] = id.split(':')
    const line = [...drawing.value.line]
    if (middle && first) line.splice(Number(index) + 1, 0, to)
    else line[Number(index) + (middle ? 1 : 0)] = to
    change({ line }, !first)
  }
  function drop(id: string): void {
    const handle = handles.value.find((one) => one.id === id)
    if (!handle || handle.middle) return
    if (mode.value === 'border') {
      const known = drawing.value.moves.find((move) => move.to[0] === handle.at[0] && move.to[1] === handle.at[1])
      const from = known?.from ?? handle.at
      return change({ moves: [...drawing.value.moves.filter((move) => move !== known), { from, to: from, drop: true }] })
    }
    change({ line: drawing.value.line.filter((_, i) => `0:${i}` !== id) })
  }
  function place(at: Place): void {
    if (!draws.value) return
    const last = drawing.value.line.at(-1)
    if (last && last[0] === at[0] && last[1] === at[1]) return
    change({ line: [...drawing.value.line, at] })
  }
  function toggle(id: string): void {
    const { areas } = drawing.value
    change({ areas: areas.includes(id) ? areas.filter((one) => one !== id) : [...areas, id] })
  }
  const draft = computed(() => (flaws.value.length ? undefined : draftOf(mode.value, drawing.value, own, fit.value)))
  return { ...history, drawing, change, draws, closed, changedShapes, flaws, handles, drag, drop, place, toggle, draft }
}
