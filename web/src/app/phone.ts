import { createRouter, createWebHistory } from 'vue-router'
import { useMessages } from '@/i18n'
import FaceRoot from './FaceRoot.vue'
import { phoneRoutes } from './phone-routes'
import { firstWords } from './phone-words'
import { startFace } from './start'

const router = createRouter({
  history: createWebHistory('/'),
  routes: phoneRoutes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach((to) => useMessages(...to.matched.flatMap((record) => record.meta.messages ?? [])))

void startFace('phone', FaceRoot, router, [...firstWords])
