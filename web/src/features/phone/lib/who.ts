import { computed, ref, watch } from 'vue'
import { useSession } from '@/features/session/session'
import { stored } from '@/ui/stored'

/** Who works with this phone: enough to make a report without network, and nothing personal. */
interface Who {
  id: string
  permissions: readonly string[]
}

const key = 'phone.who'

function read(): Who | undefined {
  try {
    const who = JSON.parse(stored.get(key) ?? 'null') as Partial<Who> | null
    return typeof who?.id === 'string' && Array.isArray(who.permissions) ? { id: who.id, permissions: who.permissions } : undefined
  } catch {
    return undefined
  }
}

const remembered = ref(read())

/** Forgets who works here: they signed out. */
export function forgetWho(): void {
  remembered.value = undefined
  stored.remove(key)
}

/** Whoever is signed in; while that cannot be asked, whoever was when it could. */
export function useWho() {
  const { account } = useSession()
  watch(
    account,
    (now) => {
      if (!now) return
      remembered.value = { id: now.id, permissions: now.permissions }
      stored.set(key, JSON.stringify(remembered.value))
    },
    { immediate: true },
  )
  const who = computed<Who | undefined>(() => account.value ?? (account.value === undefined ? remembered.value : undefined))
  return { who, id: computed(() => who.value?.id ?? ''), may: (permission: string) => who.value?.permissions.includes(permission) ?? false }
}
