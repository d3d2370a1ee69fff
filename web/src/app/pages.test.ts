import type { RouteRecordRaw } from 'vue-router'
import { expect, it } from 'vitest'
import looked from '../../../e2e/pages.json'
import { deskRoutes } from './desk-routes'
import { phoneRoutes } from './phone-routes'
import { residentRoutes } from './resident-routes'
import { screenRoutes } from './screen-routes'

/** The paths of the pages themselves: a frame around others is none. */
const pathsOf = (routes: readonly RouteRecordRaw[], above = ''): string[] =>
  routes.flatMap(({ path, children }) => {
    const full = path.startsWith('/') ? path : `${above}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
    return children ? pathsOf(children, full) : [full]
  })

const sorted = (paths: string[]) => [...new Set(paths)].sort()

it.each([
  ['desk', deskRoutes, { ...looked.desk, ...looked.admin }],
  ['phone', phoneRoutes, looked.phone],
  ['resident', residentRoutes, looked.resident],
  ['screen', screenRoutes, looked.screen],
] as const)('every page of the %s is in the list of what the browser journeys look at', (_face, routes, list) => {
  expect(sorted(Object.keys(list))).toEqual(sorted(pathsOf(routes)))
})
