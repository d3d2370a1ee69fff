import { ref } from 'vue'

/** Whether the call screen is open. It stays open from page to page. */
export const calling = ref(false)
