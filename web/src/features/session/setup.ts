import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, call } from '@/api/client'

/** The three administrations that are kept apart. */
export type Administration = 'system' | 'security' | 'audit'

export interface SetupBody {
  name: string
  one_admin?: boolean
  admins: Record<Administration, { login: string; name: string; password: string }>
}

/** Whether set-up is still needed, and possible from this browser. */
export function useSetupState() {
  return useQuery({ queryKey: ['setup'], queryFn: () => call(api.GET('/api/v1/setup')) })
}

export function useSetUp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SetupBody) => call(api.POST('/api/v1/setup', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['page'] }),
  })
}
