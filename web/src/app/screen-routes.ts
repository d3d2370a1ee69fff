import type { RouteRecordRaw } from 'vue-router'

/** The screen on the wall: one page; what it shows of it stands in the address, so that a reload shows the same. */
export const screenRoutes: RouteRecordRaw[] = [
  { path: '/screen', name: 'screen', component: () => import('@/features/screen/ScreenPage.vue') },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue') },
]
