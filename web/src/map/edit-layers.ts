import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, Map } from 'maplibre-gl'
import { paletteOf } from './palette'
import { labelFont } from './style'

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }
const tone: ExpressionSpecification = ['get', 'tone']

/** Adds what is chosen and drawn above the base map. Each tone has its own line too, not a colour alone. */
export function addDrawLayers(map: Map, dark: boolean): void {
  if (map.getSource('draw-areas')) return
  const p = paletteOf(dark)
  const fresh = getComputedStyle(document.documentElement).getPropertyValue('--ok').trim()
  const colour: ExpressionSpecification = ['match', tone, 'fresh', fresh, 'ground', p.label, p.accent]
  map.addSource('draw-areas', { type: 'geojson', data: nothing })
  map.addSource('draw-line', { type: 'geojson', data: nothing })
  map.addLayer({
    id: 'draw-fill', type: 'fill', source: 'draw-areas', filter: ['!=', ['geometry-type'], 'Point'],
    paint: { 'fill-color': colour, 'fill-opacity': ['match', tone, 'chosen', 0.22, 'fresh', 0.24, 'ground', 0, 0.05] },
  })
  map.addLayer({
    id: 'draw-border', type: 'line', source: 'draw-areas', filter: ['!=', ['geometry-type'], 'Point'], layout: { 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': ['match', tone, 'chosen', 3.5, 'fresh', 3.5, 'ground', 1.5, 1.5], 'line-opacity': ['match', tone, 'ground', 0.55, 0.9] },
  })
  map.addLayer({
    id: 'draw-names', type: 'symbol', source: 'draw-areas', filter: ['==', ['geometry-type'], 'Point'],
    layout: { 'text-field': ['get', 'name'], 'text-font': labelFont, 'text-size': 12.5, 'text-max-width': 8, 'symbol-sort-key': ['match', tone, 'fresh', 0, 'chosen', 1, 2] },
    paint: { 'text-color': ['match', tone, 'fresh', fresh, p.accent], 'text-halo-color': p.halo, 'text-halo-width': 1.8 },
  })
  map.addLayer({
    id: 'draw-ring', type: 'fill', source: 'draw-line', filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': fresh, 'fill-opacity': 0.2 },
  })
  map.addLayer({
    id: 'draw-line', type: 'line', source: 'draw-line', layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': ['case', ['get', 'bad'], p.danger, fresh], 'line-width': 4, 'line-dasharray': [2, 1.2] },
  })
}
