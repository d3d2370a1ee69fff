import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, call } from '@/api/client'

const key = ['session']

/** Who is signed in: `account` is null when nobody is, undefined until the answer is there. */
export function useSession() {
  const query = useQuery({ queryKey: key, queryFn: () => call(api.GET('/api/v1/session')), staleTime: 60_000 })
  return { ...query, account: computed(() => query.data.value?.account) }
}

/** Settings of the page that anybody may see. */
export function usePage() {
  return useQuery({ queryKey: ['page'], queryFn: () => call(api.GET('/api/v1/public/page')), staleTime: 300_000 })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { login: string; password: string }) => call(api.POST('/api/v1/session', { body })),
    // What another account saw must not show for a moment; the same person signing in again keeps the page.
    onSuccess: async ({ account }) => {
      const before = client.getQueryData<{ account: { id: string } | null }>(key)?.account?.id
      client.setQueryData(key, { account })
      if (before === account?.id) await client.invalidateQueries()
      else await client.resetQueries({ predicate: (query) => query.queryKey[0] !== key[0] })
    },
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/v1/session')),
    onSettled: () => client.clear(),
  })
}

export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { old: string; new: string }) => call(api.POST('/api/v1/session/password', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  })
}
