import { createRouter, createWebHistory } from 'vue-router'
import FaceRoot from './FaceRoot.vue'
import { residentRoutes } from './resident-routes'
import { startFace } from './start'

const router = createRouter({
  history: createWebHistory('/'),
  routes: residentRoutes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

void startFace('resident', FaceRoot, router, ['resident'])
