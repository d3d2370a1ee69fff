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
    // What another account saw must not show for a moment.
    onSuccess: () => client.resetQueries(),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => call(api.DELETE('/api/v1/session')), onSettled: () => client.clear() })
}
