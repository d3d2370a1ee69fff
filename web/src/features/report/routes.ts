import type { RouteRecordRaw } from 'vue-router'

const messages = ['report', 'kpi', 'state', 'clocks', 'option', 'lists']
const needs = 'figures.read'

/** Reports, tables that people build, and lists taken out in the background; children of the desk. */
export const reportRoutes: RouteRecordRaw[] = [
  { path: 'reports', name: 'reports', component: () => import('./ReportsPage.vue'), meta: { messages, rail: { label: 'desk.rail.reports', icon: 'reports', order: 38, needs } } },
  { path: 'reports/tables', name: 'report-tables', component: () => import('./TablesPage.vue'), meta: { messages } },
  { path: 'reports/exports', name: 'report-exports', component: () => import('./ExportsPage.vue'), meta: { messages } },
  { path: 'reports/:id', name: 'report', component: () => import('./ReportPage.vue'), props: true, meta: { messages } },
]
