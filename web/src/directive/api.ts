import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose, type Ref } from 'vue'
import { api, call } from '@/api/client'
import { live } from '@/api/live'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Directive = Schemas['DirectiveView']
export type Receipt = Schemas['DirectiveReceiptView']
export type Box = 'in' | 'sent' | 'area'
export type Target = Schemas['DirectiveTargetBody']

/** Roles that a directive can go to, those on the ground first. The server knows the same. */
export const roles = [
  'grid_worker', 'microgrid_worker', 'functional_worker', 'grid_head', 'grid_instructor', 'station', 'department', 'police',
  'mediator', 'unit_head', 'volunteer', 'duty', 'window', 'grid_supervisor', 'leader',
] as const

export const listDirectives = (box: Box, open = false) => call(api.GET('/api/v1/directives', { params: { query: { box, open, limit: 100 } } }))
export const readDirective = (id: string) => call(api.GET('/api/v1/directives/{id}', { params: { path: { id } } }))
export const listReceivers = (id: string, status: '' | 'acked' | 'read' | 'unread', cursor?: string) =>
  call(api.GET('/api/v1/directives/{id}/receivers', { params: { path: { id }, query: { status, cursor, limit: 100 } } }))
export const preview = (body: Target) => call(api.POST('/api/v1/directives/preview', { body }))

export const useDirective = (id: Ref<string>) =>
  useQuery({ queryKey: ['directive', 'one', id], queryFn: () => readDirective(id.value), enabled: () => id.value !== '' })

/** What I have still to acknowledge. */
export const useWaiting = () => useQuery({ queryKey: ['directive', 'waiting'], queryFn: () => listDirectives('in', true), refetchInterval: 120_000 })

function useStep<T, R>(step: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: step, onSettled: () => client.invalidateQueries({ queryKey: ['directive'] }) })
}
export const useRead = () => useStep((id: string) => call(api.POST('/api/v1/directives/{id}/read', { params: { path: { id } } })))
export const useAck = () => useStep(({ id, note }: { id: string; note: string }) => call(api.POST('/api/v1/directives/{id}/ack', { params: { path: { id } }, body: { note } })))
export const useRemind = () => useStep((id: string) => call(api.POST('/api/v1/directives/{id}/remind', { params: { path: { id } } })))
export const useWithdraw = () =>
  useStep(({ id, reason }: { id: string; reason: string }) => call(api.POST('/api/v1/directives/{id}/withdraw', { params: { path: { id } }, body: { reason } })))
export const useSend = () => useStep((body: Target & { title: string; text: string; deadline: number }) => call(api.POST('/api/v1/directives', { body })))

/** Reads directives again as soon as one concerns this person, and after a pause in which one may have been missed. */
export function useDirectiveNews(): void {
  const client = useQueryClient()
  const stop = live.listen(({ kind }) => {
    if (kind === 'directive.changed' || kind === 'reset') void client.invalidateQueries({ queryKey: ['directive'] })
  })
  onScopeDispose(stop)
}
