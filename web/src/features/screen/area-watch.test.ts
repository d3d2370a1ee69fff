import { expect, it, vi } from 'vitest'
import { ApiError } from '@/api/error'
import { AreaWatch, type AreaNews } from './area-watch'

const street = { id: 's', name: '锦云街道', level: 'street' }
const grid = { id: 'g', name: '三网格', level: 'grid' }

function watching(read: (id: string) => Promise<{ version: number }>) {
  const told: AreaNews[] = []
  const watch = new AreaWatch((news) => told.push(news), read as never)
  return { watch, told }
}

it('tells of a new boundary once, and of an area that ended where to go', async () => {
  let version: number | undefined = 1
  const { watch, told } = watching(() => (version ? Promise.resolve({ version }) : Promise.reject(new ApiError(404, 'area.not_found'))))
  watch.show([street, grid])
  await vi.waitFor(() => expect(told).toEqual([]))
  version = 2
  await watch.look()
  await watch.look()
  expect(told).toEqual([{ kind: 'redrawn', name: '三网格' }])
  version = undefined
  await watch.look()
  expect(told.at(-1)).toEqual({ kind: 'gone', name: '三网格', to: street })
})

it('says nothing of an area because the server is away or does not tell', async () => {
  for (const status of [0, 403, 503]) {
    const { watch, told } = watching(() => Promise.reject(new ApiError(status, 'x')))
    watch.show([grid])
    await watch.look()
    expect(told).toEqual([])
  }
})
