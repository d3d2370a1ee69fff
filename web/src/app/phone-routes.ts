import type { RouteRecordRaw } from 'vue-router'
import { orderWords } from './phone-words'

const meta = { messages: [...orderWords] }

/** The phone's pages. Those that are wanted first come with the frame, the others when they are opened. */
export const phoneRoutes: RouteRecordRaw[] = [
  { path: '/m/signin', name: 'signin', component: () => import('@/features/session/SignInPage.vue'), props: { home: '/m' } },
  {
    path: '/m',
    component: () => import('@/features/phone/PhoneShell.vue'),
    children: [
      { path: '', name: 'todo', component: () => import('@/features/phone/orders/TodoPage.vue') },
      { path: 'orders/:id', name: 'order', component: () => import('@/features/phone/orders/OrderPage.vue'), meta, props: true },
      { path: 'report', name: 'report', component: () => import('@/features/phone/report/ReportPage.vue'), meta },
      { path: 'grid', name: 'grid', component: () => import('@/features/phone/grid/GridPage.vue') },
      { path: 'me', name: 'me', component: () => import('@/features/phone/me/MePage.vue'), meta: { messages: ['alerts'] } },
      { path: 'me/leave', name: 'leave', component: () => import('@/features/phone/me/LeavePage.vue'), meta },
      { path: 'duty', name: 'duty', component: () => import('@/features/phone/duty/DutyPage.vue'), meta: { messages: ['duty'] } },
      { path: 'directives', name: 'directives', component: () => import('@/features/phone/directives/DirectivesPage.vue'), meta: { messages: ['directive'] } },
      { path: 'directives/:id', name: 'directive', component: () => import('@/features/phone/directives/DirectivePage.vue'), meta: { messages: ['directive'] }, props: true },
      { path: 'notices', name: 'notices', component: () => import('@/features/phone/notices/NoticesPage.vue'), meta: { messages: ['notice'] } },
      { path: 'notices/:id', name: 'notice', component: () => import('@/features/phone/notices/NoticePage.vue'), meta: { messages: ['notice'] }, props: true },
      { path: 'help', name: 'help', component: () => import('@/features/phone/me/HelpPage.vue') },
      { path: 'queue', name: 'queue', component: () => import('@/features/phone/outbox/QueuePage.vue'), meta },
    ],
  },
  { path: '/:rest(.*)*', component: () => import('./NotFound.vue') },
]
