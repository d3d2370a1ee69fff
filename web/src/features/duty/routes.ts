import type { RouteRecordRaw } from 'vue-router'

const messages = ['duty', 'state']

/** Who is on duty, the shifts, and their handovers; children of the desk. */
export const shiftRoutes: RouteRecordRaw[] = [
  {
    path: 'duty',
    name: 'duty',
    component: () => import('./NowPage.vue'),
    meta: { messages, rail: { label: 'desk.rail.shifts', icon: 'shifts', order: 35, needs: 'incident.read' } },
  },
  { path: 'duty/shifts', name: 'duty-shifts', component: () => import('./ShiftsPage.vue'), meta: { messages } },
  { path: 'duty/handover', name: 'duty-handover', component: () => import('./HandoverPage.vue'), meta: { messages } },
  { path: 'duty/handover/:id', name: 'duty-handover-one', component: () => import('./HandoverSheet.vue'), props: true, meta: { messages } },
]
