import type { RouteRecordRaw } from 'vue-router'
import { adminRoutes } from '@/features/admin/routes'
import { dutyRoutes } from '@/features/desk/routes'
import { directiveRoutes } from '@/features/directive/routes'
import { shiftRoutes } from '@/features/duty/routes'
import { figureRoutes } from '@/features/figures/routes'
import { reportRoutes } from '@/features/report/routes'
import { noticeRoutes } from '@/features/notice/routes'
import { superviseRoutes } from '@/features/supervise/routes'
import { visitRoutes } from '@/features/visits/routes'
import { windowRoutes } from '@/features/window/routes'

/** The duty desk and the administration. Pages inside the shell are its children; each is a chunk of its own. */
export const deskRoutes: RouteRecordRaw[] = [
  { path: '/desk/signin', name: 'signin', component: () => import('@/features/session/SignInPage.vue') },
  { path: '/setup', name: 'setup', component: () => import('@/features/session/SetupPage.vue'), meta: { messages: ['setup'] } },
  {
    path: '/desk',
    component: () => import('./DeskShell.vue'),
    meta: { messages: ['desk', 'state', 'clocks', 'ask', 'option', 'action', 'sound'] },
    children: [...dutyRoutes, ...shiftRoutes, ...directiveRoutes, ...noticeRoutes, ...superviseRoutes, ...figureRoutes, ...reportRoutes, ...visitRoutes, ...windowRoutes, ...adminRoutes],
  },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue') },
]
