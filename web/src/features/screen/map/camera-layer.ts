import { useQuery } from '@tanstack/vue-query'
import type { FeatureCollection, Point } from 'geojson'
import type { ExpressionSpecification, GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl'
import { computed, type Ref } from 'vue'
import { api, call } from '@/api/client'
import type { components } from '@/api/schema'
import type { Palette } from '@/map/palette'
import { labelFont } from '@/map/style'

export type Cameras = components['schemas']['MapCamerasOutBody']
type Properties = components['schemas']['MapviewCameraProperties']

/** The cameras of an area, asked for only while somebody wants to see them. */
export function useCameras(area: Ref<string>, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: computed(() => ['wall-cameras', area.value] as const),
    queryFn: (): Promise<Cameras> => call(api.GET('/api/v1/map/layers/cameras', { params: { query: { area: area.value || undefined } } })),
    enabled: () => wanted.value,
    staleTime: 60_000,
    refetchInterval: 60_000,
  })
}

/** The cameras as the map draws them; the one that was chosen stands out. */
export const cameraData = (cameras: Cameras | undefined, chosen?: string): FeatureCollection => ({
  type: 'FeatureCollection',
  features: (cameras?.features ?? []).map(({ id, geometry, properties }) => ({
    type: 'Feature', geometry: geometry as Point, properties: { ...properties, id, chosen: id === chosen },
  })),
})

/** Farther out than this cameras that stand close are one mark with their number. */
const apartFrom = 15

/** How the source of the cameras is made: those close together are gathered, and how many of them do not work. */
export const cameraSource = (k: number): Partial<GeoJSONSourceSpecification> => ({
  cluster: true,
  clusterRadius: Math.round(46 * k),
  clusterMaxZoom: apartFrom,
  clusterProperties: { faulty: ['+', ['case', ['==', ['get', 'state'], 'working'], 0, 1]] },
})

const gathered: ExpressionSpecification = ['has', 'point_count']

/** The layers of cameras, for what is drawn and for what a click may mean. */
export const cameraLayerIds = ['camera-groups', 'cameras'] as const

export function cameraLayers(p: Palette, k: number): LayerSpecification[] {
  const words = { 'text-font': labelFont, 'text-size': 20 * k, 'text-anchor': 'top' as const, 'text-optional': true }
  return [
    {
      id: 'camera-groups', type: 'symbol', source: 'cameras', filter: gathered,
      layout: {
        'icon-image': ['case', ['>', ['get', 'faulty'], 0], 'camera-group-faulty', 'camera-group'], 'icon-size': k, 'icon-allow-overlap': true,
        'text-field': ['to-string', ['get', 'point_count']], ...words, 'text-offset': [0, 0.75], 'text-allow-overlap': true,
      },
      paint: { 'text-color': p.text, 'text-halo-color': p.halo, 'text-halo-width': 2 },
    },
    {
      id: 'cameras', type: 'symbol', source: 'cameras', filter: ['!', gathered],
      layout: {
        'icon-image': ['concat', 'camera-', ['get', 'kind'], '-', ['get', 'state']], 'icon-size': ['case', ['get', 'chosen'], 1.5 * k, k], 'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 16.5, ['get', 'name']], ...words, 'text-offset': [0, 1],
      },
      paint: { 'text-color': p.text, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
    },
  ]
}

/** The outline by kind: a round one, a gate, a tower, a house. */
const outlines: Record<Properties['kind'], string> = {
  security: '<circle cx="12" cy="12" r="9.6"/>',
  checkpoint: '<path d="M2.5 3.5h19v17h-19z"/>',
  lookout: '<path d="M12 1.6 22.4 20.5H1.6z"/>',
  social: '<path d="M12 1.8 21.8 9v12.4H2.2V9z"/>',
}
/** A camera on its arm, smaller and lower where the outline narrows. */
const camera = '<path d="M7 9.3h7v5.4H7zM14 11.2l3.2-1.8v5.2L14 12.8z" stroke="none"/>'
const at: Record<Properties['kind'], string> = { security: '', checkpoint: '', lookout: 'translate(2.6 5) scale(.78)', social: 'translate(0 2.2)' }
/** Struck through, so that it is not told by its colour alone. */
const strike = '<path d="M4 20.5 20 3.5" stroke-width="2.4"/>'

const picture = (body: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60" viewBox="0 0 24 24">${body}</svg>`
const drawn = (p: Palette, colour: string, body: string, dashed = false) =>
  `<g fill="${p.panel}" stroke="${colour}" stroke-width="1.9" stroke-linejoin="round" stroke-linecap="round"${dashed ? ' stroke-dasharray="2.4 2.6"' : ''}>${body}</g>`
const inside = (colour: string, body: string) => `<g fill="${colour}" stroke="${colour}" stroke-linecap="round">${body}</g>`

/** The mark of one camera: its shape tells the kind; broken is struck through and red, off is dashed. */
function mark(p: Palette, kind: Properties['kind'], state: Properties['state']): string {
  const colour = state === 'broken' ? p.danger : state === 'off' ? p.label : p.text
  const glyph = `<g transform="${at[kind]}">${camera}</g>`
  return drawn(p, colour, outlines[kind], state === 'off') + inside(colour, glyph + (state === 'broken' ? strike : ''))
}

const group = (p: Palette, faulty: boolean) =>
  drawn(p, p.text, '<rect x="5.5" y="2.5" width="16" height="13" rx="3"/><rect x="2.5" y="6" width="16" height="13" rx="3"/>') +
  inside(p.text, `<g transform="translate(-1.2 .6)">${camera}</g>`) +
  (faulty ? `<circle cx="19.6" cy="18" r="3.6" fill="${p.danger}" stroke="${p.panel}" stroke-width="1.2"/>` : '')

/** The pictures of cameras by kind and state, and of several that stand close. */
export function cameraIcons(p: Palette): Record<string, string> {
  const all: Record<string, string> = { 'camera-group': picture(group(p, false)), 'camera-group-faulty': picture(group(p, true)) }
  for (const kind of Object.keys(outlines) as Properties['kind'][]) {
    for (const state of ['working', 'broken', 'off'] as const) all[`camera-${kind}-${state}`] = picture(mark(p, kind, state))
  }
  return all
}
