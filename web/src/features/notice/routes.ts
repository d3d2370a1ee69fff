import type { RouteRecordRaw } from 'vue-router'

const messages = ['notice', 'publish', 'lists']
const page = () => import('./NoticesPage.vue')

/** Notices on the desk: the list with one of them beside it, and a new one. */
export const noticeRoutes: RouteRecordRaw[] = [
  { path: 'notices', name: 'notices', component: page, meta: { messages, rail: { label: 'desk.rail.notice', icon: 'notice', order: 38, needs: 'notice.publish' } } },
  { path: 'notices/new', name: 'notice-new', component: () => import('./PublishPage.vue'), meta: { messages } },
  { path: 'notices/:id', name: 'notice', component: page, props: true, meta: { messages } },
]
