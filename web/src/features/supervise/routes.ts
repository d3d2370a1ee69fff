import type { RouteRecordRaw } from 'vue-router'

/** The grid supervisor's page, a child of the desk. */
export const superviseRoutes: RouteRecordRaw[] = [
  {
    path: 'supervise/:id?',
    name: 'supervise',
    component: () => import('./SupervisePage.vue'),
    props: true,
    meta: { messages: ['supervise', 'entry', 'reason'], rail: { label: 'desk.rail.supervise', icon: 'review', order: 40, needs: 'incident.review' } },
  },
]
