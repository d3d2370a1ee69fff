import type { GeoJSONSource, Map, MapMouseEvent } from 'maplibre-gl'
import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { darkNow } from '@/ui/appearance'
import { addMarkImages } from './images'
import { farthest } from './around'
import { heal } from './heal'
import { loadMapLibrary, loadMapMeta } from './loader'
import { areaData, pointData, type MapArea, type MapPoint } from './overlay'
import { mapStyle } from './style'

export interface Position {
  lon: number
  lat: number
}

/** The part of the world that a map shows: `bbox` is west,south,east,north. */
export interface Sight {
  bbox: string
  zoom: number
}

export interface MapShown {
  points: () => MapPoint[]
  areas: () => MapArea[]
  selected: () => string | undefined
  selectedArea: () => string | undefined
  /** The incident that is pointed at elsewhere on the page. */
  hovered?: () => string | undefined
}

function sightOf(map: Map): Sight {
  const bounds = map.getBounds()
  const corners = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
  return { bbox: corners.map((degrees) => degrees.toFixed(5)).join(','), zoom: map.getZoom() }
}

/** One map in one element: made when `start` is called, kept in step with what is shown, removed with the component. */
export function useMap(
  box: Ref<HTMLElement | undefined>,
  shown: MapShown,
  clicked: (map: Map, event: MapMouseEvent) => void,
  moved: (sight: Sight) => void = () => undefined,
  hovered: (id: string | undefined) => void = () => undefined,
) {
  const { t } = useI18n()
  const map = shallowRef<Map>()
  const ready = ref(false)
  let gone = false

  async function drawPoints(): Promise<void> {
    const target = map.value
    if (!target || !ready.value) return
    await addMarkImages(target, shown.points())
    if (!gone) target.getSource<GeoJSONSource>('incidents')?.setData(pointData(shown.points(), shown.selected()))
  }

  function drawHovered(): void {
    const id = shown.hovered?.()
    const points = id ? shown.points().filter((point) => point.id === id) : []
    if (ready.value) map.value?.getSource<GeoJSONSource>('hovered')?.setData(pointData(points))
  }

  function drawAreas(): void {
    if (ready.value) map.value?.getSource<GeoJSONSource>('areas')?.setData(areaData(shown.areas(), shown.selectedArea()))
  }

  /** `wanted` is asked when the map can be made: what comes while it loads counts too. */
  async function start(wanted: () => (Position & { zoom?: number }) | undefined): Promise<void> {
    const [{ Map, NavigationControl, AttributionControl }, meta] = await Promise.all([loadMapLibrary(), loadMapMeta()])
    if (gone || !box.value) return
    const [west, south, east, north] = meta.bounds
    const view = wanted()
    const made = new Map({
      container: box.value,
      style: mapStyle(darkNow.value, location.origin),
      center: view ? [view.lon, view.lat] : [(west + east) / 2, (south + north) / 2],
      zoom: view?.zoom ?? 14,
      minZoom: farthest,
      maxZoom: 19,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      locale: {
        'Map.Title': t('map.label'),
        'NavigationControl.ZoomIn': t('map.zoom_in'),
        'NavigationControl.ZoomOut': t('map.zoom_out'),
      },
    })
    heal(made)
    made.touchZoomRotate.disableRotation()
    made.keyboard.disableRotation()
    made.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    made.addControl(new AttributionControl({ compact: false }), 'bottom-right')
    made.on('click', (event) => clicked(made, event))
    const tellSight = () => moved(sightOf(made))
    made.on('moveend', tellSight)
    for (const layer of ['incidents', 'incident-clusters']) {
      made.on('mouseenter', layer, () => (made.getCanvas().style.cursor = 'pointer'))
      made.on('mouseleave', layer, () => (made.getCanvas().style.cursor = ''))
    }
    made.on('mousemove', 'incidents', (event) => hovered(String(event.features?.[0]?.properties.id)))
    made.on('mouseleave', 'incidents', () => hovered(undefined))
    made.on('style.load', () => {
      ready.value = true
      tellSight()
      drawAreas()
      void drawPoints()
    })
    map.value = made
  }

  watch([shown.points, shown.selected], () => void drawPoints())
  watch([shown.areas, shown.selectedArea], drawAreas)
  watch(() => shown.hovered?.(), drawHovered)
  watch(darkNow, (dark) => {
    ready.value = false
    map.value?.setStyle(mapStyle(dark, location.origin), { diff: false })
  })
  onBeforeUnmount(() => {
    gone = true
    map.value?.remove()
  })
  return { map, ready, start }
}
