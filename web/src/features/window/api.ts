import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type ServiceWindow = Schemas['WindowView']
export type QueueNumber = Schemas['WindowNumberView']
export type WindowFields = Schemas['WindowFields']

export const kinds = ['general', 'legal', 'enforcement', 'mediation'] as const
export type Kind = (typeof kinds)[number]

/** How often the queue is read again: the waiting room sees a call within this time. */
const every = 3000

/** The queue of today. It is read again all the time, on a screen that nobody touches too. */
export function useDay() {
  return useQuery({
    queryKey: ['window-day'],
    queryFn: () => call(api.GET('/api/v1/window/day')),
    refetchInterval: every,
    refetchIntervalInBackground: true,
  })
}

function useStep<T, R>(step: (input: T) => Promise<R>) {
  const client = useQueryClient()
  // Whatever came of it, the queue may have moved meanwhile.
  return useMutation({ mutationFn: step, onSettled: () => client.invalidateQueries({ queryKey: ['window-day'] }) })
}

export const useTake = () =>
  useStep(({ kind, intent }: { kind: Kind; intent: string }) =>
    call(api.POST('/api/v1/window/numbers', { params: { header: intentHeader(intent) }, body: { kind } } as never)) as Promise<QueueNumber & { before: number }>,
  )

export const useCallNext = () => useStep((id: string) => call(api.POST('/api/v1/window/windows/{id}/next', { params: { path: { id } } })))

export const useActOn = () =>
  useStep(({ id, action, window }: { id: string; action: string; window?: string }) =>
    call(api.POST('/api/v1/window/numbers/{id}/actions/{do}', { params: { path: { id, do: action } }, body: { window } })),
  )

export const useLink = () =>
  useStep(({ id, incident }: { id: string; incident: string }) =>
    call(api.POST('/api/v1/window/numbers/{id}/incident', { params: { path: { id } }, body: { incident } })),
  )

export const useOpenWindow = () =>
  useStep(({ id, open, version }: { id: string; open: boolean; version: number }) =>
    call(api.POST('/api/v1/window/windows/{id}/open', { params: { path: { id } }, body: { open, version } })),
  )

export const useWindows = () => useQuery({ queryKey: ['windows'], queryFn: () => call(api.GET('/api/v1/window/windows')) })

/** Makes a window, or changes one over the version that was read. */
export function useSaveWindow() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, fields }: { id?: string; version?: number; fields: WindowFields }) =>
      id
        ? call(api.PUT('/api/v1/window/windows/{id}', { params: { path: { id } }, body: { ...fields, version: version ?? 0 } }))
        : call(api.POST('/api/v1/window/windows', { body: fields })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['windows'] }),
  })
}

export function useDeleteWindow() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      call(api.DELETE('/api/v1/window/windows/{id}', { params: { path: { id }, query: { version } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['windows'] }),
  })
}
