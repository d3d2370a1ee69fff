import type { RouteRecordRaw } from 'vue-router'

const page = () => import('./SupervisePage.vue')
const messages = ['supervise', 'entry', 'reason']

/** The grid supervisor's page, a child of the desk. */
export const superviseRoutes: RouteRecordRaw[] = [
  {
    path: 'supervise',
    name: 'supervise',
    component: page,
    meta: { messages, rail: { label: 'desk.rail.supervise', icon: 'review', order: 40, needs: 'incident.review' } },
  },
  { path: 'supervise/:id', name: 'supervise-one', component: page, props: true, meta: { messages } },
]
