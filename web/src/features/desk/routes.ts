import type { RouteRecordRaw } from 'vue-router'

const messages = ['entry', 'reason', 'views', 'batch', 'sound', 'phrases', 'callback', 'presence', 'merge', 'suggest']

/** The pages of the duty desk. */
export const dutyRoutes: RouteRecordRaw[] = [
  {
    path: '',
    name: 'todo',
    component: () => import('./QueuePage.vue'),
    meta: { messages, rail: { label: 'desk.rail.todo', icon: 'todo', order: 10, needs: ['incident.triage', 'incident.dispatch', 'incident.check', 'incident.close'] } },
  },
  {
    path: 'work',
    name: 'work',
    component: () => import('./work/WorkPage.vue'),
    meta: { messages: [...messages, 'work'], rail: { label: 'desk.rail.work', icon: 'work', order: 15, needs: 'incident.handle' } },
  },
  {
    path: 'print',
    name: 'print',
    component: () => import('./work/PrintPage.vue'),
    meta: { messages: [...messages, 'work'] },
  },
  {
    path: 'map',
    name: 'map',
    component: () => import('./MapPage.vue'),
    meta: { messages, rail: { label: 'desk.rail.map', icon: 'map', order: 20, needs: 'incident.read' } },
  },
  {
    path: 'search',
    name: 'search',
    component: () => import('./SearchPage.vue'),
    meta: { messages: [...messages, 'lists'], rail: { label: 'desk.rail.search', icon: 'search', order: 30, needs: 'incident.read' } },
  },
  {
    path: 'clusters',
    name: 'clusters',
    component: () => import('./clusters/ClustersPage.vue'),
    meta: { messages, rail: { label: 'desk.rail.clusters', icon: 'clusters', order: 32, needs: ['incident.triage', 'incident.dispatch'] } },
  },
  {
    path: 'clusters/hotspots',
    name: 'hotspots',
    component: () => import('./clusters/HotSpotsPage.vue'),
    meta: { messages: [...messages, 'lists'] },
  },
  // A link to one incident, as it is sent to a colleague.
  { path: 'incident/:id', redirect: (to) => ({ path: '/desk', params: {}, query: { open: String(to.params.id) } }) },
]
