import type { RouteRecordRaw } from 'vue-router'
import { anyOfThese, places } from './menu'

const needs = (name: string) => places.find((place) => place.name === name)?.needs

/** The administration, a child of the desk. Each page is a chunk of its own; `needs` says who may open it. */
export const adminRoutes: RouteRecordRaw[] = [
  {
    path: 'admin',
    component: () => import('./AdminLayout.vue'),
    meta: { messages: ['admin', 'areas', 'redraw', 'lists'] },
    children: [
      {
        path: '',
        name: 'admin',
        component: () => import('./OverviewPage.vue'),
        meta: { messages: ['upkeep'], rail: { label: 'desk.rail.admin', icon: 'admin', order: 90, needs: anyOfThese } },
      },
      {
        path: 'units/import',
        name: 'admin-units-import',
        component: () => import('./units/UnitImportPage.vue'),
        meta: { messages: ['import'], admin: needs('units') },
      },
      {
        path: 'units/:id?',
        name: 'admin-units',
        component: () => import('./units/UnitsPage.vue'),
        meta: { messages: ['units', 'calendar'], admin: needs('units') },
      },
      {
        path: 'areas/import',
        name: 'admin-areas-import',
        component: () => import('./areas/AreaSheetPage.vue'),
        meta: { messages: ['import'], admin: needs('areas') },
      },
      {
        path: 'areas/:id?',
        name: 'admin-areas',
        component: () => import('./areas/AreasPage.vue'),
        meta: { messages: ['roles'], admin: needs('areas') },
      },
      {
        path: 'redraws/:id?',
        name: 'admin-redraws',
        component: () => import('./redraws/RedrawsPage.vue'),
        meta: { admin: needs('redraws') },
      },
      {
        path: 'lookup',
        name: 'admin-lookup',
        component: () => import('./redraws/LookupPage.vue'),
        meta: { messages: ['roles'], admin: needs('lookup') },
      },
      {
        path: 'patrols/:id?',
        name: 'admin-patrols',
        component: () => import('./areas/PatrolsPage.vue'),
        meta: { admin: needs('patrols') },
      },
      {
        path: 'staffing',
        name: 'admin-staffing',
        component: () => import('./areas/StaffingPage.vue'),
        meta: { messages: ['roles'], admin: needs('staffing') },
      },
      {
        path: 'import',
        name: 'admin-import',
        component: () => import('./areas/ImportPage.vue'),
        meta: { messages: ['import'], admin: needs('import') },
      },
      {
        path: 'categories/import',
        name: 'admin-categories-import',
        component: () => import('./categories/CategorySheetPage.vue'),
        meta: { messages: ['import'], admin: needs('categories') },
      },
      {
        path: 'categories/:id?',
        name: 'admin-categories',
        component: () => import('./categories/CategoriesPage.vue'),
        meta: { messages: ['categories'], admin: needs('categories') },
      },
      {
        path: 'rules/:id?',
        name: 'admin-rules',
        component: () => import('./rules/RulesPage.vue'),
        meta: { messages: ['rules', 'reason', 'units'], admin: needs('rules') },
      },
      {
        path: 'ladders/:id?',
        name: 'admin-ladders',
        component: () => import('./ladders/LaddersPage.vue'),
        meta: { messages: ['ladders'], admin: needs('ladders') },
      },
      {
        path: 'limits/:id?',
        name: 'admin-limits',
        component: () => import('./clocks/LimitsPage.vue'),
        meta: { messages: ['limits'], admin: needs('limits') },
      },
      {
        path: 'calendar',
        name: 'admin-calendar',
        component: () => import('./clocks/CalendarPage.vue'),
        meta: { messages: ['calendar'], admin: needs('calendar') },
      },
      {
        path: 'cameras/import',
        name: 'admin-cameras-import',
        component: () => import('./cameras/CameraImportPage.vue'),
        meta: { messages: ['import'], admin: needs('cameras') },
      },
      {
        path: 'cameras/:id?',
        name: 'admin-cameras',
        component: () => import('./cameras/CamerasPage.vue'),
        meta: { messages: ['video'], admin: needs('cameras') },
      },
      {
        path: 'office',
        name: 'admin-office',
        component: () => import('./office/OfficePage.vue'),
        meta: { messages: ['suggest', 'screen'], admin: needs('office') },
      },
      {
        path: 'notify/:id?',
        name: 'admin-notify',
        component: () => import('./notify/NotifyPage.vue'),
        meta: { messages: ['notify'], admin: needs('notify') },
      },
      {
        path: 'upkeep',
        name: 'admin-upkeep',
        component: () => import('./upkeep/UpkeepPage.vue'),
        meta: { messages: ['upkeep'], admin: needs('upkeep') },
      },
      {
        path: 'accounts/import',
        name: 'admin-accounts-import',
        component: () => import('./accounts/AccountImportPage.vue'),
        meta: { messages: ['import'], admin: ['account.manage'] },
      },
      {
        path: 'accounts/:id?',
        name: 'admin-accounts',
        component: () => import('./accounts/AccountsPage.vue'),
        meta: { messages: ['accounts', 'roles', 'state'], admin: needs('accounts') },
      },
      {
        path: 'roles/:id?',
        name: 'admin-roles',
        component: () => import('./roles/RolesPage.vue'),
        meta: { messages: ['roles', 'accounts'], admin: needs('roles') },
      },
      {
        path: 'audit',
        name: 'admin-audit',
        component: () => import('./audit/AuditPage.vue'),
        meta: { messages: ['audit', 'roles', 'limits'], admin: needs('audit') },
      },
    ],
  },
]

declare module 'vue-router' {
  interface RouteMeta {
    /** A page of the administration: permissions of which one is needed to open it. */
    admin?: string[]
  }
}
