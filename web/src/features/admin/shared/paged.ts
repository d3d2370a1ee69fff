import { useInfiniteQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

/** One answer of a list that continues where it stopped; `next` is empty at the end. */
export interface Page<T> {
  items: T[] | null
  next?: string
}

/** A list that is read page by page. `key` holds everything the list depends on. */
export function usePaged<T>(key: Ref<readonly unknown[]>, read: (cursor: string | undefined) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const items = computed(() => query.data.value?.pages.flatMap((page) => page.items ?? []) ?? [])
  return { ...query, items }
}

/** Reads a list to its end, for choices that must hold all; stops at `most` pages. */
export async function readAll<T>(read: (cursor: string | undefined) => Promise<Page<T>>, most = 20): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  for (let page = 0; page < most; page++) {
    const answer = await read(cursor)
    all.push(...(answer.items ?? []))
    cursor = answer.next || undefined
    if (!cursor) break
  }
  return all
}
