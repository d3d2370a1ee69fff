import type { RouteRecordRaw } from 'vue-router'

const messages = ['directive']
const page = () => import('./DirectivesPage.vue')

/** Directives on the desk: those that reached me, those I sent, those over my areas, and a new one. */
export const directiveRoutes: RouteRecordRaw[] = [
  { path: 'directives', name: 'directives', component: page, meta: { messages, rail: { label: 'desk.rail.directive', icon: 'directive', order: 37, needs: 'incident.read' } } },
  { path: 'directives/send', name: 'directive-send', component: () => import('./SendPage.vue'), meta: { messages } },
  { path: 'directives/:id', name: 'directive', component: page, props: true, meta: { messages } },
]
