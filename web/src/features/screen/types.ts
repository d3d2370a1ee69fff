import type { components } from '@/api/schema'

type Schemas = components['schemas']

/** Everything that the wall shows beside the map, in one answer of the server. */
export type Board = Schemas['StatsBoard']
/** A level of the one area tree, from the top down. */
export type AreaRef = Schemas['StatsAreaRef']
/** A share with what it was made of; `value` is null where nothing was there to measure. */
export type Share = Schemas['StatsValue']
/** A promise of time, as kept today: how many in all, how many in time, and how long they took. */
export type Kept = Schemas['StatsPromise']
export type Bin = Schemas['StatsDot']
export type Ranked = Schemas['StatsRank']
/** A matter as the wall names it. */
export type Matter = Schemas['StatsCard']
