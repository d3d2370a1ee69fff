import { useMutation, useQuery } from '@tanstack/vue-query'
import { api, call } from '@/api/client'
import { withChallenge } from '@/api/challenge'

/** Whether a lost code can be sent to a phone here. */
export function useTellsCodes() {
  return useQuery({ queryKey: ['tells-codes'], queryFn: () => call(api.GET('/api/v1/public/lost-code')).then(({ codes }) => codes), staleTime: 300_000 })
}

/** Asks for a code; what is answered says nothing about whether there is a report. */
export function useAskForCode() {
  return useMutation({
    mutationFn: ({ phone, number }: { phone: string; number: string }) =>
      withChallenge((headers) => call(api.POST('/api/v1/public/lost-code', { body: { phone: phone.trim(), number: number.trim() || undefined }, headers }))),
  })
}
