import { useInfiniteQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { listIncidents, type Page } from '@/incident/api'
import { listQueryOf, type Filters } from '@/incident/filters'
import { appendPage, emptyQueue } from './queue'

/** The incidents that the filters leave, page by page. */
export function useSearch(filters: Ref<Filters>) {
  const query = useInfiniteQuery({
    queryKey: computed(() => ['search', filters.value] as const),
    queryFn: ({ pageParam }) => listIncidents({ ...listQueryOf(filters.value), limit: 50, cursor: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (last: Page) => last.next || undefined,
  })
  const queue = computed(() => (query.data.value?.pages ?? []).reduce((sum, page) => appendPage(sum, page.items), emptyQueue()))
  return { ...query, queue }
}
