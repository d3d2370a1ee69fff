/** What the map shows beside its points, and how it shows them. */
export interface Layers {
  stations: boolean
  people: boolean
  cameras: boolean
  heat: boolean
  clusters: boolean
  borders: boolean
}

/** The layers that can be switched, in the order of the menu. */
export const switchable = ['borders', 'stations', 'people', 'cameras', 'clusters', 'heat'] as const satisfies readonly (keyof Layers)[]

/** From here on clusters fall apart into their points. */
export const clusterBelow = 15.5
