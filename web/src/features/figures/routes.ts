import type { RouteRecordRaw } from 'vue-router'

const messages = ['figures', 'kpi', 'areas', 'clocks', 'option']
const needs = 'figures.read'

/** The figures by which an office is judged, why it was late, and what the figures mean; children of the desk. */
export const figureRoutes: RouteRecordRaw[] = [
  { path: 'figures', name: 'figures', component: () => import('./FiguresPage.vue'), meta: { messages, rail: { label: 'desk.rail.figures', icon: 'figures', order: 37, needs } } },
  { path: 'figures/late', name: 'figures-late', component: () => import('./LatePage.vue'), meta: { messages } },
  { path: 'figures/definitions', name: 'figure-definitions', component: () => import('./DefinitionsPage.vue'), meta: { messages } },
]
