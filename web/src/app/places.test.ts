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
  expect(placesOf(router, ['area.read', 'incident.read']).map((place) => place.path)).toEqual([
    '/desk', '/desk/map', '/desk/search', '/desk/admin',
  ])
  expect(placesOf(router, ['unit.read']).map((place) => place.path)).toEqual(['/desk/admin'])
  expect(placesOf(router, null)).toEqual([])
})

it('is open to all where nothing is needed', () => {
  expect(holdsOne(undefined, null)).toBe(true)
  expect(holdsOne('area.read', undefined)).toBe(false)
})
