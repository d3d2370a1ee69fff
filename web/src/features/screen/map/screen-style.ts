import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { FeatureCollection } from 'geojson'
import { paletteOf, type Palette } from '@/map/palette'
import { baseStyle, labelFont } from '@/map/style'
import { cameraIcons, cameraLayers, cameraSource } from './camera-layer'

export const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** What is drawn over the base map, from below. */
export const sourceNames = ['mask', 'borders', 'selected', 'clusters', 'cameras', 'stations', 'people'] as const
export type SourceName = (typeof sourceNames)[number]

/** Farther out than this the names of stations would cover those of areas. */
const namedFrom = 13.5

/** Sizes of the wall: what reads at a desk is small from four metres. `k` is 1 for a height of 1080. */
function borderLayers(p: Palette, k: number): LayerSpecification[] {
  return [
    { id: 'mask', type: 'fill', source: 'mask', paint: { 'fill-color': p.ground, 'fill-opacity': 0.62 } },
    {
      id: 'border-fill', type: 'fill', source: 'borders', filter: ['==', ['get', 'part'], 'child'],
      paint: { 'fill-color': p.accent, 'fill-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 0.16, 0.04] },
    },
    {
      id: 'border-line', type: 'line', source: 'borders', filter: ['==', ['get', 'part'], 'child'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': p.accent, 'line-width': 1.5 * k, 'line-opacity': 0.75, 'line-dasharray': [4, 2] },
    },
    {
      id: 'area-line', type: 'line', source: 'borders', filter: ['==', ['get', 'part'], 'own'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': p.accent, 'line-width': 3.2 * k, 'line-opacity': 0.95 },
    },
    {
      id: 'border-labels', type: 'symbol', source: 'borders', filter: ['==', ['get', 'part'], 'name'],
      layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 25 * k, 'text-max-width': 9, 'text-padding': 4 },
      paint: { 'text-color': p.text, 'text-halo-color': p.halo, 'text-halo-width': 2 },
    },
  ]
}

function layerLayers(p: Palette, k: number): LayerSpecification[] {
  const label = (size: number): Partial<Record<string, unknown>> => ({ 'text-font': labelFont, 'text-size': size * k, 'text-offset': [0, 1.15], 'text-anchor': 'top', 'text-optional': true })
  return [
    ...cameraLayers(p, k),
    {
      id: 'stations', type: 'symbol', source: 'stations',
      layout: { 'icon-image': 'station', 'icon-size': k, 'icon-allow-overlap': true, 'text-field': ['step', ['zoom'], '', namedFrom, ['get', 'name']], ...label(20) },
      paint: { 'text-color': p.text, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
    },
    {
      id: 'people', type: 'symbol', source: 'people',
      layout: { 'icon-image': 'person', 'icon-size': k, 'icon-allow-overlap': true, 'text-field': ['get', 'name'], ...label(20) },
      paint: { 'text-color': p.text, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
    },
    {
      id: 'clusters', type: 'circle', source: 'clusters',
      paint: {
        'circle-color': p.panel,
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 18 * k, 5, 25 * k, 20, 36 * k, 100, 50 * k],
        'circle-stroke-width': 3.5 * k,
        'circle-stroke-color': ['case', ['>', ['get', 'overdue'], 0], p.danger, p.accent],
      },
    },
    {
      id: 'cluster-counts', type: 'symbol', source: 'clusters',
      layout: { 'text-field': ['to-string', ['get', 'count']], 'text-font': labelFont, 'text-size': 24 * k, 'text-allow-overlap': true },
      paint: { 'text-color': p.text },
    },
    {
      id: 'selected', type: 'circle', source: 'selected',
      paint: { 'circle-radius': 24 * k, 'circle-color': p.accent, 'circle-opacity': 0.22, 'circle-stroke-width': 3 * k, 'circle-stroke-color': p.accent },
    },
  ]
}

/** The style of the wall's map: the base map, boundaries and layers. Points are painted above it. */
export function screenStyle(dark: boolean, origin: string, k: number): StyleSpecification {
  const base = baseStyle(dark, origin)
  const p = paletteOf(dark)
  const own: Record<string, GeoJSONSourceSpecification> = {}
  for (const name of sourceNames) own[name] = { type: 'geojson', data: nothing, ...(name === 'borders' && { promoteId: 'id' }), ...(name === 'cameras' && cameraSource(k)) }
  return { ...base, sources: { ...base.sources, ...own }, layers: [...base.layers, ...borderLayers(p, k), ...layerLayers(p, k)] }
}

const icon = (body: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60" viewBox="0 0 24 24">${body}</svg>`

/** The pictures of stations, people and cameras, each with a shape of its own. */
export function layerIcons(p: Palette): Record<string, string> {
  return {
    ...cameraIcons(p),
    station: icon(
      `<rect x="2.5" y="2.5" width="19" height="19" rx="4" fill="${p.panel}" stroke="${p.accent}" stroke-width="2"/>` +
        `<path d="M6.5 12 12 7l5.5 5M8.3 11v6h7.4v-6" fill="none" stroke="${p.accent}" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"/>`,
    ),
    person: icon(
      `<path d="M12 1.8 20.8 7v10L12 22.2 3.2 17V7z" fill="${p.panel}" stroke="${p.text}" stroke-width="1.8" stroke-linejoin="round"/>` +
        `<circle cx="12" cy="9.3" r="2.7" fill="${p.text}"/><path d="M6.8 17.4c.6-3 2.6-4.5 5.2-4.5s4.6 1.5 5.2 4.5z" fill="${p.text}"/>`,
    ),
  }
}
