import type { Map as MapLibreMap } from 'maplibre-gl'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { again, heal } from './heal'

const land = { sourceId: 'land', source: { type: 'geojson', data: 'http://desk/basemap/land.geojson' }, error: new Error('Failed to fetch') }

function mapOf() {
  const listeners: Record<string, (event: unknown) => void> = {}
  const setData = vi.fn()
  const map = { on: (name: string, fn: (event: unknown) => void) => (listeners[name] = fn), getSource: (id: string) => (id === 'land' ? { setData } : undefined) }
  heal(map as unknown as MapLibreMap)
  return { fire: (name: string, event?: unknown) => listeners[name]?.(event), setData }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('asks again for a file of the base map, later each time, but never later than a minute', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { fire, setData } = mapOf()
  for (let n = 0, wait = again.first; n < 8; n++, wait = Math.min(wait * 2, again.last)) {
    fire('error', land)
    vi.advanceTimersByTime(wait - 1)
    expect(setData).toHaveBeenCalledTimes(n)
    vi.advanceTimersByTime(1)
    expect(setData).toHaveBeenCalledTimes(n + 1)
  }
  expect(setData).toHaveBeenLastCalledWith('http://desk/basemap/land.geojson')
  expect(told).not.toHaveBeenCalled()
})

it('tells of every other error, and asks for nothing when the map is gone', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { fire, setData } = mapOf()
  fire('error', { sourceId: 'land', source: { type: 'geojson', data: {} }, error: new Error('bad') })
  fire('error', { error: new Error('no style') })
  expect(told).toHaveBeenCalledTimes(2)
  fire('error', land)
  fire('remove')
  vi.advanceTimersByTime(again.last)
  expect(setData).not.toHaveBeenCalled()
})
