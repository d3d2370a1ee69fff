import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, it } from 'vitest'
import { dutyRoutes } from '@/features/desk/routes'
import { holdsOne, placesOf } from './places'

const page = { template: '<p />' }
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/desk', component: page, children: dutyRoutes },
    { path: '/desk/admin', component: page, meta: { rail: { label: 'a', icon: 'admin', order: 90, needs: ['unit.read', 'area.read'] } } },
  ],
})

it('shows the places that somebody may open, from the top down', () => {
  const paths = (...held: string[]) => placesOf(router, held).map((place) => place.path)
  expect(paths('area.read', 'incident.read', 'incident.dispatch')).toEqual(['/desk', '/desk/map', '/desk/search', '/desk/clusters', '/desk/admin'])
  expect(paths('incident.read', 'incident.handle')).toEqual(['/desk/work', '/desk/map', '/desk/search'])
  expect(paths('unit.read')).toEqual(['/desk/admin'])
  expect(placesOf(router, null)).toEqual([])
})

it('is open to all where nothing is needed', () => {
  expect(holdsOne(undefined, null)).toBe(true)
  expect(holdsOne('area.read', undefined)).toBe(false)
})
