import type { Router } from 'vue-router'
import type { RailIcon } from './rail-icons'

export interface RailPlace {
  path: string
  label: string
  icon: RailIcon
  order: number
  needs?: string | readonly string[]
}

/** Tells whether somebody holds one of the permissions that are needed; nothing needed is open to all. */
export function holdsOne(needs: string | readonly string[] | undefined, permissions: readonly string[] | null | undefined): boolean {
  return !needs || [needs].flat().some((need) => permissions?.includes(need))
}

/** The places of the desk that these permissions open, from the top of the rail down. */
export function placesOf(router: Router, permissions: readonly string[] | null | undefined): RailPlace[] {
  return router
    .getRoutes()
    .flatMap((route) => (route.meta.rail ? [{ path: route.path, ...route.meta.rail }] : []))
    .filter((place) => holdsOne(place.needs, permissions))
    .sort((a, b) => a.order - b.order)
}
