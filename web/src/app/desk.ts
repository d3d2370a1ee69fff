import { createRouter, createWebHistory } from 'vue-router'
import { useMessages } from '@/i18n'
import { deskRoutes } from './desk-routes'
import type { RailIcon } from './rail-icons'
import FaceRoot from './FaceRoot.vue'
import { startFace } from './start'

declare module 'vue-router' {
  interface RouteMeta {
    /** Messages to load before the page is shown. */
    messages?: string[]
    /** Puts the page on the left rail: translation key, icon, order from the top, permissions of which one is needed. */
    rail?: { label: string; icon: RailIcon; order: number; needs?: string | readonly string[] }
  }
}

const router = createRouter({ history: createWebHistory('/'), routes: deskRoutes })
router.beforeEach((to) => useMessages(...to.matched.flatMap((record) => record.meta.messages ?? [])))

void startFace('desk', FaceRoot, router, ['session'])
