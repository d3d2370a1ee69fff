import { createRouter, createWebHistory } from 'vue-router'
import { api } from '@/api/client'
import { useMessages } from '@/i18n'
import { learnTime } from '@/features/phone/lib/clock'
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
api.use({ onResponse: ({ response }) => learnTime(response.headers.get('Date')) })

void startFace('phone', FaceRoot, router, [...firstWords])
