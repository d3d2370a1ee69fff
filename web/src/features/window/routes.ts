import type { RouteRecordRaw } from 'vue-router'

const messages = ['window', 'entry', 'reason']

/** The service windows, children of the desk: serving, the machine that gives out numbers, the screen of the waiting room, and the windows themselves. */
export const windowRoutes: RouteRecordRaw[] = [
  {
    path: 'window',
    name: 'window',
    component: () => import('./ServePage.vue'),
    meta: { messages, rail: { label: 'desk.rail.window', icon: 'window', order: 45, needs: 'window.serve' } },
  },
  { path: 'window/kiosk', name: 'window-kiosk', component: () => import('./KioskPage.vue'), meta: { messages } },
  { path: 'window/display', name: 'window-display', component: () => import('./DisplayPage.vue'), meta: { messages } },
  { path: 'window/manage', name: 'window-manage', component: () => import('./ManagePage.vue'), meta: { messages } },
]
