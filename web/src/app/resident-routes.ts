import type { RouteRecordRaw } from 'vue-router'
import { doors } from '@/features/resident/report'

/** The resident's pages. */
export const residentRoutes: RouteRecordRaw[] = [
  {
    path: '/',
    component: () => import('@/features/resident/ResidentShell.vue'),
    children: [
      { path: '', name: 'doors', component: () => import('@/features/resident/DoorsPage.vue') },
      {
        path: `report/:door(${doors.join('|')})`,
        name: 'report',
        component: () => import('@/features/resident/ReportPage.vue'),
        props: true,
      },
      { path: 'nearby', name: 'nearby', component: () => import('@/features/resident/NearbyPage.vue') },
      { path: 'track/:code?', name: 'track', component: () => import('@/features/resident/TrackPage.vue'), props: true },
      { path: 'privacy', name: 'privacy', component: () => import('@/features/resident/PrivacyPage.vue') },
    ],
  },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue') },
]
