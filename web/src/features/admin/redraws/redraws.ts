import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { Move, Place } from '@/map/draw'
import type { Page } from '../shared/paged'
import type { Level, PlaceLookup, RedrawDetail, RedrawDraft, RedrawPreview, RedrawView } from '../shared/wire'

/** What can be done to areas on the map. */
export const modes = ['new', 'split', 'merge', 'border', 'parent'] as const
export type Mode = (typeof modes)[number]
export const isMode = (value: unknown): value is Mode => modes.includes(value as Mode)

/** What a person drew so far; every mode uses what it needs. */
export interface Drawing {
  line: Place[]
  moves: Move[]
  areas: string[]
  parent: string
  level: Level
}

export interface Part {
  keep?: string
  code?: string
  name?: string
  kind?: string
}

/** The draft as the server takes it; nothing while too little is drawn. */
export function draftOf(mode: Mode, drawing: Drawing, area: string, fit: boolean): RedrawDraft | undefined {
  const { line, moves, areas, parent, level } = drawing
  switch (mode) {
    case 'new': {
      const first = line[0]
      if (line.length < 3 || !first) return undefined
      return { kind: 'new', parent: area || undefined, level, fit, shape: { type: 'Polygon', coordinates: [[...line, first]] } }
    }
    case 'split':
      return line.length < 2 ? undefined : { kind: 'split', areas: [area], line }
    case 'merge':
      return areas.length < 2 ? undefined : { kind: 'merge', areas }
    case 'border':
      return moves.length ? { kind: 'border', moves: moves.map(({ from, to, drop }) => (drop ? { from, drop } : { from, to })) } : undefined
    case 'parent':
      return parent ? { kind: 'parent', areas: [area], parent } : undefined
  }
}

/** Moves one point. A point moved before goes on from where it was at first; back there it is no move any more. */
export function withMove(moves: Move[], at: Place, to: Place): Move[] {
  const same = (a: Place, b: Place) => a[0] === b[0] && a[1] === b[1]
  const known = moves.find((move) => same(move.to, at) && !move.drop)
  const from = known?.from ?? at
  const others = moves.filter((move) => move !== known)
  return same(from, to) ? others : [...others, { from, to }]
}

export const previewRedraw = (body: RedrawDraft): Promise<RedrawPreview> => call(api.POST('/api/v1/redraws/preview', { body }))
export const planRedraw = (body: RedrawDraft & { at?: number; note?: string }, intent: string): Promise<RedrawDetail> =>
  call(api.POST('/api/v1/redraws', { body, headers: intentHeader(intent) }))
export const listRedraws = (state: RedrawView['state'] | undefined, cursor?: string): Promise<Page<RedrawView>> =>
  call(api.GET('/api/v1/redraws', { params: { query: { state, cursor, limit: 50 } } }))
export const readRedraw = (id: string): Promise<RedrawDetail> => call(api.GET('/api/v1/redraws/{id}', { params: { path: { id } } }))
export const withdrawRedraw = (id: string, reason: string): Promise<RedrawDetail> =>
  call(api.POST('/api/v1/redraws/{id}/withdraw', { params: { path: { id } }, body: { reason } }))
export const lookUp = (lon: number, lat: number): Promise<PlaceLookup> => call(api.GET('/api/v1/areas/lookup', { params: { query: { lon, lat } } }))
