import type { RouteRecordRaw } from 'vue-router'

/** The duty desk and the administration. Pages inside the shell are its children; each is a chunk of its own. */
export const deskRoutes: RouteRecordRaw[] = [
  { path: '/desk/signin', name: 'signin', component: () => import('@/features/session/SignInPage.vue') },
  {
    path: '/desk',
    component: () => import('./DeskShell.vue'),
    meta: { messages: ['desk', 'state', 'ask'] },
    children: [],
  },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue') },
]
