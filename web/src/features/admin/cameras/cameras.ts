import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { components } from '@/api/schema'
import type { Page } from '../shared/paged'
import type { Values } from '../shared/record-form'

export type Camera = components['schemas']['VideoView']
export type Stream = components['schemas']['VideoStreamView']
export type CameraKind = Camera['kind']
export type CameraState = Camera['state']

export const cameraKinds: CameraKind[] = ['security', 'checkpoint', 'lookout', 'social']
export const cameraStates: CameraState[] = ['working', 'broken', 'off']

/** How many streams one camera may have. */
export const mostStreams = 200

/** A stream as the form holds it: empty fields are empty texts. */
export type StreamForm = Required<Stream>

/** What the form of a camera holds; a position is what was typed until it is sent. */
export interface CameraForm extends Values {
  number: string
  name: string
  kind: CameraKind
  state: CameraState
  lon: string
  lat: string
  owner: string
  streams: StreamForm[]
}

export const cameraForm = (read: Camera | undefined): CameraForm => ({
  number: read?.number ?? '',
  name: read?.name ?? '',
  kind: read?.kind ?? 'security',
  state: read?.state ?? 'working',
  lon: read ? degrees(read.lon) : '',
  lat: read ? degrees(read.lat) : '',
  owner: read?.owner?.id ?? '',
  streams: (read?.streams ?? []).map(({ number, name, state, address }) => ({ number, name: name ?? '', state, address: address ?? '' })),
})

/** A coordinate to within ten centimetres. */
export const degrees = (value: number) => String(Math.round(value * 1e6) / 1e6)

/** What was typed as a coordinate; what is no number is no position, which the server refuses beside its field. */
export function coordinate(text: string): number {
  const value = Number(text.trim())
  return Number.isFinite(value) ? value : 0
}

/** The number that a further stream gets at first: one more than the highest, in as many digits. */
export function nextNumber(streams: readonly { number: string }[]): string {
  const numbers = streams.map((one) => one.number).filter((text) => /^\d+$/.test(text))
  const highest = numbers.reduce((most, text) => Math.max(most, Number(text)), 0)
  return String(highest + 1).padStart(numbers[0]?.length ?? 1, '0')
}

export interface CameraQuery {
  q: string
  kind: CameraKind | ''
  state: CameraState | ''
}

export const listCameras = (query: CameraQuery, cursor?: string): Promise<Page<Camera>> =>
  call(api.GET('/api/v1/cameras', { params: { query: { q: query.q || undefined, kind: query.kind || undefined, state: query.state || undefined, cursor } } }))

export const readCamera = (id: string): Promise<Camera> => call(api.GET('/api/v1/cameras/{id}', { params: { path: { id } } }))

/** Adds a camera, or changes the one that was read in this version. */
export function sendCamera(id: string | undefined, form: CameraForm, version: number | undefined, intent: string): Promise<Camera> {
  const headers = intentHeader(intent)
  const body = { ...form, lon: coordinate(form.lon), lat: coordinate(form.lat) }
  if (id === undefined || version === undefined) return call(api.POST('/api/v1/cameras', { body, headers }))
  return call(api.PUT('/api/v1/cameras/{id}', { params: { path: { id } }, body: { ...body, version }, headers }))
}

export const removeCamera = ({ id, version }: Camera) => call(api.DELETE('/api/v1/cameras/{id}', { params: { path: { id }, query: { version } } }))
