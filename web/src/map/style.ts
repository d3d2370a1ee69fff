import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { overlayLayers, overlaySources } from './overlay'
import { paletteOf, type Palette } from './palette'

/** Fonts of the system draw all labels; the style names no glyphs and no sprites, so nothing is fetched for them. */
export const labelFont = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'sans-serif']

const attribution =
  '<a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noreferrer">© OpenStreetMap contributors</a>'

const layers = ['land', 'water', 'buildings', 'rails', 'roads', 'points'] as const

/** Widths in pixels at zoom 12, 15 and 18. */
const widths: Record<string, [number, number, number]> = {
  trunk: [2.2, 7, 26],
  primary: [1.8, 6, 22],
  secondary: [1.2, 5, 18],
  tertiary: [0.7, 4, 15],
  link: [0.7, 3, 11],
  street: [0.3, 2.4, 11],
  service: [0, 1.1, 6],
  path: [0, 0.7, 3.5],
}

const cls: ExpressionSpecification = ['get', 'class']

function width(extra: number): ExpressionSpecification {
  const at = (step: 0 | 1 | 2): ExpressionSpecification =>
    [
      'match',
      cls,
      ...Object.entries(widths).flatMap(([name, sizes]) => [name, sizes[step] + extra]),
      1 + extra,
    ] as unknown as ExpressionSpecification
  return ['interpolate', ['exponential', 1.5], ['zoom'], 12, at(0), 15, at(1), 18, at(2)]
}

function match(colours: Record<string, string>, otherwise: string): ExpressionSpecification {
  return ['match', cls, ...Object.entries(colours).flat(), otherwise] as unknown as ExpressionSpecification
}

const order: ExpressionSpecification = [
  'match',
  cls,
  ['trunk'],
  7,
  ['primary'],
  6,
  ['secondary'],
  5,
  ['tertiary'],
  4,
  ['link', 'street'],
  3,
  1,
]

function ground(p: Palette): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': p.ground } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': match(p.land, p.ground) } },
    {
      id: 'water',
      type: 'fill',
      source: 'water',
      filter: ['==', cls, 'water'],
      paint: { 'fill-color': p.water },
    },
    {
      id: 'water-line',
      type: 'line',
      source: 'water',
      filter: ['!=', cls, 'water'],
      paint: { 'line-color': p.water, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 1, 17, 8] },
    },
    {
      id: 'buildings',
      type: 'fill',
      source: 'buildings',
      minzoom: 14,
      paint: { 'fill-color': p.building, 'fill-outline-color': p.buildingLine },
    },
    {
      id: 'rails',
      type: 'line',
      source: 'rails',
      paint: { 'line-color': p.rail, 'line-width': 1.4, 'line-dasharray': [4, 2] },
    },
    {
      id: 'road-casing',
      type: 'line',
      source: 'roads',
      minzoom: 13,
      filter: ['!', ['in', cls, ['literal', ['path', 'service']]]],
      layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': order },
      paint: { 'line-color': p.casing, 'line-width': width(1.6) },
    },
    {
      id: 'roads',
      type: 'line',
      source: 'roads',
      layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': order },
      paint: {
        'line-color': match({ ...p.road, link: p.road.primary ?? '' }, p.road.default ?? ''),
        'line-width': width(0),
      },
    },
  ]
}

function labels(p: Palette): LayerSpecification[] {
  const halo = { 'text-halo-color': p.halo, 'text-halo-width': 1.4 }
  const rank: ExpressionSpecification = ['get', 'rank']
  return [
    {
      id: 'road-labels',
      type: 'symbol',
      source: 'roads',
      minzoom: 13.5,
      filter: ['has', 'name'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'symbol-sort-key': ['-', 0, order],
        'text-field': ['get', 'name'],
        'text-font': labelFont,
        'text-size': ['interpolate', ['linear'], ['zoom'], 14, 11, 18, 14],
        'text-letter-spacing': 0.05,
      },
      paint: { 'text-color': p.roadLabel, ...halo },
    },
    {
      id: 'water-labels',
      type: 'symbol',
      source: 'water',
      filter: ['all', ['has', 'name'], ['!=', cls, 'water']],
      layout: {
        'symbol-placement': 'line',
        'text-field': ['get', 'name'],
        'text-font': labelFont,
        'text-size': 12,
        'text-letter-spacing': 0.15,
      },
      paint: { 'text-color': p.waterLabel, ...halo },
    },
    {
      id: 'place-labels',
      type: 'symbol',
      source: 'points',
      minzoom: 13,
      // The deeper the zoom, the smaller the things that get a name: one rank more for each half step.
      filter: ['<=', rank, ['step', ['zoom'], 1, 13.5, 2, 14.5, 4, 15.5, 6, 16.2, 8, 17, 10]],
      layout: {
        'symbol-sort-key': rank,
        'text-field': ['get', 'name'],
        'text-font': labelFont,
        'text-size': ['match', rank, 1, 15, 2, 12.5, 11.5],
        'text-max-width': 8,
        'text-padding': 6,
      },
      paint: { 'text-color': p.label, ...halo },
    },
  ]
}

/** The base map with its labels alone. `origin` is where the files lie. */
export function baseStyle(isDark: boolean, origin: string): StyleSpecification {
  const p = paletteOf(isDark)
  const sources: StyleSpecification['sources'] = {}
  for (const name of layers) {
    sources[name] = { type: 'geojson', data: `${origin}/basemap/${name}.geojson`, attribution, tolerance: 0.2 }
  }
  return { version: 8, sources, layers: [...ground(p), ...labels(p)] }
}

/** The whole style: base map, labels, and above them areas and marks. */
export function mapStyle(isDark: boolean, origin: string): StyleSpecification {
  const base = baseStyle(isDark, origin)
  return {
    ...base,
    sources: { ...base.sources, ...overlaySources() },
    layers: [...base.layers, ...overlayLayers(paletteOf(isDark), labelFont)],
  }
}
