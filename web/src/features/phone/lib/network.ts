import { ref } from 'vue'

/** False when the phone itself says that it has no network. True proves nothing: only an answer does. */
export const online = ref(navigator.onLine)
addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))
