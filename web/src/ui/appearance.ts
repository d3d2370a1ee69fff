import { ref } from 'vue'
import { stored } from './stored'

export type Theme = 'auto' | 'light' | 'dark'
export type TypeSize = 'normal' | 'large'

const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined

/** Where the choice is kept, and what holds before anybody chose. */
let own = { kept: 'theme', start: 'auto' as Theme }

const chosen = () => (stored.get(own.kept) as Theme | null) ?? own.start

/** The chosen theme; `auto` follows the system. */
export const theme = ref<Theme>(chosen())
/** The theme in effect, for what cannot use CSS (the map). */
export const darkNow = ref(false)
export const typeSize = ref<TypeSize>(stored.get('type') === 'large' ? 'large' : 'normal')

function apply(): void {
  darkNow.value = theme.value === 'dark' || (theme.value === 'auto' && dark?.matches === true)
  const root = document.documentElement
  root.dataset.theme = darkNow.value ? 'dark' : 'light'
  root.dataset.type = typeSize.value
  // Element Plus reads its dark variables from this class.
  root.classList.toggle('dark', darkNow.value)
}

export function setTheme(value: Theme): void {
  theme.value = value
  stored.set(own.kept, value)
  apply()
}

export function setTypeSize(value: TypeSize): void {
  typeSize.value = value
  stored.set('type', value)
  apply()
}

/** Puts theme and type size into effect and follows the system's changes. A face may keep a choice of its own. */
export function startAppearance(face?: { kept: string; start: Theme }): void {
  if (face) own = face
  theme.value = chosen()
  apply()
  dark?.addEventListener('change', apply)
}
