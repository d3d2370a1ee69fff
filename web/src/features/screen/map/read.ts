import { api, call } from '@/api/client'
import type { components } from '@/api/schema'
import type { Course } from './course'
import type { PointQuery, Points } from './point-feed'

type Schemas = components['schemas']
export type Borders = Schemas['MapBordersOutBody']
export type Border = Schemas['MapviewBorderView']
export type Cluster = Schemas['MapviewClusterView']
export type Stations = Schemas['MapStationsOutBody']
export type People = Schemas['MapPeopleOutBody']

export const readPoints = (query: PointQuery, signal?: AbortSignal): Promise<Points> =>
  call(api.GET('/api/v1/map/points', { params: { query }, signal }))

export const readCourse = (query: { day?: string; area?: string }, signal?: AbortSignal): Promise<Course> =>
  call(api.GET('/api/v1/map/replay', { params: { query }, signal })) as Promise<Course>

export const readBorders = (area: string | undefined, signal?: AbortSignal): Promise<Borders> =>
  call(api.GET('/api/v1/map/borders', { params: { query: { area } }, signal }))

export async function readClusters(query: { day?: string; area?: string; zoom: number; bbox: string }, signal?: AbortSignal): Promise<Cluster[]> {
  return (await call(api.GET('/api/v1/map/clusters', { params: { query }, signal }))).items
}

export const readStations = (area: string | undefined): Promise<Stations> => call(api.GET('/api/v1/map/layers/stations', { params: { query: { area } } }))

export const readPeople = (area: string | undefined): Promise<People> => call(api.GET('/api/v1/map/layers/people', { params: { query: { area } } }))
