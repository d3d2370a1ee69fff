import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { stored } from './stored'

/** What was played, as pitches; the browser of the tests has no loudspeaker. */
const played: number[] = []
class Loudspeaker {
  state = 'suspended'
  currentTime = 0
  destination = {}
  async resume() {
    this.state = 'running'
  }
  createGain() {
    const gain = { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() }
    return { gain, connect: (to: unknown) => to }
  }
  createOscillator() {
    const frequency = { value: 0 }
    return { type: '', frequency, connect: (to: unknown) => to, start: () => void played.push(frequency.value), stop: vi.fn() }
  }
}

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('AudioContext', Loudspeaker)
  played.length = 0
  stored.remove('sound')
})
afterEach(() => void vi.unstubAllGlobals())

it('is silent before somebody touched the page, and says so', async () => {
  const { sound, unlock, unlocked } = await import('./sound')
  expect(sound('urgent')).toBe(false)
  expect(unlocked.value).toBe(false)
  await unlock()
  expect(unlocked.value).toBe(true)
  expect(sound('urgent')).toBe(true)
  expect(played).toHaveLength(3)
})

it('tells what is new from what is urgent and from a call for help', async () => {
  const { sound, tones, unlock } = await import('./sound')
  await unlock()
  const heard = tones.map((tone) => {
    played.length = 0
    sound(tone)
    return played.join(' ')
  })
  expect(new Set(heard).size).toBe(3)
})

it('keeps how loud it is in this browser; off is off', async () => {
  const first = await import('./sound')
  first.volume.value = 0
  await first.unlock()
  expect(first.sound('help')).toBe(false)
  vi.resetModules()
  expect((await import('./sound')).volume.value).toBe(0)
  stored.set('sound', 'loud')
  vi.resetModules()
  expect((await import('./sound')).volume.value).toBe(0.6)
})

it('does without a loudspeaker', async () => {
  vi.stubGlobal('AudioContext', undefined)
  const { sound, unlock, unlocked } = await import('./sound')
  await unlock()
  expect([unlocked.value, sound('new')]).toEqual([false, false])
})
