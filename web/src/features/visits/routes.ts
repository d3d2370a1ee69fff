import type { RouteRecordRaw } from 'vue-router'

/** What officials brought home from their visits, a child of the desk. */
export const visitRoutes: RouteRecordRaw[] = [
  {
    path: 'visits',
    name: 'visits',
    component: () => import('./VisitsPage.vue'),
    meta: { messages: ['visits'], rail: { label: 'visits.title', icon: 'visits', order: 45, needs: 'incident.supervise' } },
  },
]
