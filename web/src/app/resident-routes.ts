import type { RouteRecordRaw } from 'vue-router'

/** The resident's pages. */
export const residentRoutes: RouteRecordRaw[] = [
  {
    path: '/',
    component: () => import('@/features/resident/ResidentShell.vue'),
    children: [
      { path: '', name: 'doors', component: () => import('@/features/resident/DoorsPage.vue') },
    ],
  },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue') },
]
