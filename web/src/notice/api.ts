import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose, watch, type Ref } from 'vue'
import { api, call } from '@/api/client'
import { live } from '@/api/live'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Notice = Schemas['NoticeView']
export type ShownNotice = Schemas['NoticeShown']
export type Reach = Schemas['NoticeReachView']
export type NoticeState = Notice['state']
export type Audience = (typeof audiences)[number]
export type Face = 'screens' | 'desks' | 'phones'

/** Where a notice can stand. The server knows the same. */
export const audiences = ['screens', 'desks', 'phones', 'residents'] as const
export const states = ['current', 'planned', 'ended', 'withdrawn'] as const

export const listNotices = (query: { state?: NoticeState; q?: string; cursor?: string; limit?: number }) => call(api.GET('/api/v1/notices', { params: { query } }))
export const readNotice = (id: string) => call(api.GET('/api/v1/notices/{id}', { params: { path: { id } } }))
export const currentNotices = (on: Face) => call(api.GET('/api/v1/notices/current', { params: { query: { on } } }))
export const listUnread = (id: string, cursor?: string) => call(api.GET('/api/v1/notices/{id}/unread', { params: { path: { id }, query: { cursor, limit: 100 } } }))
export const previewNotice = (body: { area?: string; audiences: string[] }) => call(api.POST('/api/v1/notices/preview', { body }))
export const reportWall = (showing: string[]) => call(api.POST('/api/v1/notices/walls', { body: { showing } }))

/** A minute: a period may begin or end without anything that is told, where the stream of changes is not open. */
const often = 60_000

export const currentKey = ['notice', 'current'] as const

/** What stands on a face now, read again as soon as something changes and once a minute. */
export const useCurrent = (on: Face, enabled: () => boolean = () => true) =>
  useQuery({ queryKey: [...currentKey, on], queryFn: () => currentNotices(on), refetchInterval: often, enabled })

export const useNotice = (id: Ref<string>) => useQuery({ queryKey: ['notice', 'one', id], queryFn: () => readNotice(id.value), enabled: () => id.value !== '' })

export const useProgress = (id: Ref<string>) =>
  useQuery({
    queryKey: ['notice', 'progress', id],
    queryFn: () => call(api.GET('/api/v1/notices/{id}/progress', { params: { path: { id: id.value } } })),
    refetchInterval: 30_000,
  })

function useStep<T, R>(step: (input: T) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: step, onSettled: () => client.invalidateQueries({ queryKey: ['notice'] }) })
}
export const useRead = () => useStep((id: string) => call(api.POST('/api/v1/notices/{id}/read', { params: { path: { id } } })))
export const usePublish = () => useStep((body: Schemas['PublishInputBody']) => call(api.POST('/api/v1/notices', { body })))
export const useEnd = () => useStep(({ id, until }: { id: string; until: number }) => call(api.POST('/api/v1/notices/{id}/end', { params: { path: { id } }, body: { until } })))
export const useWithdraw = () =>
  useStep(({ id, reason }: { id: string; reason: string }) => call(api.POST('/api/v1/notices/{id}/withdraw', { params: { path: { id } }, body: { reason } })))
export const useRestore = () => useStep((id: string) => call(api.POST('/api/v1/notices/{id}/restore', { params: { path: { id } } })))

/**
 * Reads notices again as soon as one that concerns this person changes, and after a pause in which that may have been
 * missed. `may` tells whether the stream of changes is open to them; others read once a minute.
 */
export function useNoticeNews(may: () => boolean): void {
  const client = useQueryClient()
  let stop: (() => void) | undefined
  watch(
    may,
    (now) => {
      stop?.()
      stop = now
        ? live.listen(({ kind }) => {
            if (kind === 'notice.changed' || kind === 'reset') void client.invalidateQueries({ queryKey: ['notice'] })
          })
        : undefined
    },
    { immediate: true },
  )
  onScopeDispose(() => stop?.())
}
