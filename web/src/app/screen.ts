import { createRouter, createWebHistory } from 'vue-router'
import { screenRoutes } from './screen-routes'
import ScreenRoot from './ScreenRoot.vue'
import { startFace } from './start'

const router = createRouter({ history: createWebHistory('/'), routes: screenRoutes })

void startFace('screen', ScreenRoot, router, ['session', 'screen', 'kpi', 'state', 'option', 'clocks', 'wallmap'])
