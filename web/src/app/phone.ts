import { createRouter, createWebHistory } from 'vue-router'
import { api } from '@/api/client'
import { learnTime } from '@/features/phone/lib/clock'
import FaceRoot from './FaceRoot.vue'
import { phoneRoutes } from './phone-routes'
import { phoneWords } from './phone-words'
import { startFace } from './start'

const router = createRouter({
  history: createWebHistory('/'),
  routes: phoneRoutes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

api.use({ onResponse: ({ response }) => learnTime(response.headers.get('Date')) })

void startFace('phone', FaceRoot, router, [...phoneWords])
