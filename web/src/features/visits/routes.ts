import type { RouteRecordRaw } from 'vue-router'

/** What officials brought home from their visits, a child of the desk. */
export const visitRoutes: RouteRecordRaw[] = [
  {
    path: 'visits',
    name: 'visits',
    component: () => import('./VisitsPage.vue'),
    meta: { messages: ['visits'], rail: { label: 'desk.rail.visits', icon: 'visits', order: 45, needs: 'incident.supervise' } },
  },
]
