import { ref, watch } from 'vue'
import { stored } from './stored'

/** What can be heard, the more pressing later: something new, something urgent, somebody in need of help. */
export const tones = ['new', 'urgent', 'help'] as const
export type Tone = (typeof tones)[number]

interface Note {
  /** Hertz; two voices a moment apart are told from a ringing telephone. */
  pitch: number
  /** Seconds after the start, and how long. */
  at: number
  for: number
}

/** Two soft rising notes; three hard equal ones; a siren of two pitches. */
const scores: Record<Tone, { shape: OscillatorType; notes: Note[] }> = {
  new: { shape: 'sine', notes: [{ pitch: 660, at: 0, for: 0.16 }, { pitch: 880, at: 0.17, for: 0.26 }] },
  urgent: { shape: 'triangle', notes: [0, 0.22, 0.44].map((at) => ({ pitch: 988, at, for: 0.15 })) },
  help: {
    shape: 'square',
    notes: [0, 1, 2, 3].flatMap((i) => [{ pitch: 784, at: i * 0.5, for: 0.24 }, { pitch: 1047, at: i * 0.5 + 0.25, for: 0.24 }]),
  },
}

/** Kept in this browser and not with the account: loudspeakers belong to the room. */
const read = () => {
  const kept = Number(stored.get('sound') ?? '0.6')
  return Number.isFinite(kept) && kept >= 0 && kept <= 1 ? kept : 0.6
}
/** How loud, 0 to 1; 0 is off. */
export const volume = ref(read())
watch(volume, (now) => stored.set('sound', String(now)), { flush: 'sync' })

/** Browsers let a page sound only after somebody touched it. */
export const unlocked = ref(false)
let context: AudioContext | undefined

/** To be called in a gesture: from then on the page may sound. */
export async function unlock(): Promise<void> {
  if (unlocked.value || typeof AudioContext !== 'function') return
  context ??= new AudioContext()
  await context.resume().catch(() => undefined)
  unlocked.value = context.state === 'running'
}

/** Sounds a tone; false when nothing can be heard. */
export function sound(tone: Tone): boolean {
  if (!context || !unlocked.value || volume.value === 0) return false
  const { shape, notes } = scores[tone]
  for (const note of notes) play(context, shape, note)
  return true
}

function play(on: AudioContext, shape: OscillatorType, note: Note): void {
  const start = on.currentTime + note.at
  const voice = on.createOscillator()
  const gain = on.createGain()
  voice.type = shape
  voice.frequency.value = note.pitch
  // A square voice is louder to the ear than a sine of the same height.
  const peak = volume.value * (shape === 'square' ? 0.12 : 0.3)
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(peak, start + 0.015)
  gain.gain.setValueAtTime(peak, start + note.for * 0.6)
  gain.gain.linearRampToValueAtTime(0, start + note.for)
  voice.connect(gain).connect(on.destination)
  voice.start(start)
  voice.stop(start + note.for + 0.02)
}
