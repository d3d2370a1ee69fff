import { beforeEach, describe, expect, it } from 'vitest'
import type { PartnerPage } from './partner'
import { wall } from './wall'
import { allowedBy, stopWatching, watchBeside, watched } from './watched'

const page: PartnerPage = { name: '雪亮视频墙', url: 'https://video.example:8443/wall', network: 'police' }
const stream = { url: 'https://video.example:8443/play?id=1', title: '东口 · 1', network: 'police' } as const

describe('a stream beside the map', () => {
  beforeEach(() => {
    stopWatching()
    wall.side = ''
  })

  it('is allowed where a page of the same site is', () => {
    expect(allowedBy(stream.url, [page])).toBe(page)
    for (const other of ['https://video.example/play', 'http://video.example:8443/play', 'https://video.example.org:8443/']) expect(allowedBy(other, [page])).toBeUndefined()
  })

  it('opens the slot and closes it again', () => {
    watchBeside(stream)
    watchBeside({ ...stream, title: '东口 · 2' })
    expect([wall.side, watched.value?.title]).toEqual(['right', '东口 · 2'])
    stopWatching()
    expect([wall.side, watched.value]).toEqual(['', undefined])
  })

  it('leaves a slot that was there', () => {
    wall.side = 'left'
    watchBeside(stream)
    stopWatching()
    expect(wall.side).toBe('left')
  })
})
