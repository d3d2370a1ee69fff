import { onScopeDispose, ref } from 'vue'
import { bitsPerSecond, longestMs, recordingForm, type RecordingForm } from './recording'

export interface Recording {
  blob: Blob
  name: string
}

/** Why nothing is recorded; each is a sentence under `phone.record`. */
export type NoRecording = 'insecure' | 'unable' | 'denied'

const form = (): RecordingForm | undefined =>
  typeof MediaRecorder === 'undefined' ? undefined : recordingForm((type) => MediaRecorder.isTypeSupported(type))

/** Records what is said, on this phone; nothing is sent anywhere before the person sends it. */
export function useRecorder(done: (recording: Recording) => void) {
  const recording = ref(false)
  const since = ref(0)
  const failure = ref<NoRecording>()
  let recorder: MediaRecorder | undefined
  let limit: ReturnType<typeof setTimeout> | undefined

  async function start(): Promise<void> {
    failure.value = undefined
    const chosen = form()
    if (!window.isSecureContext) return void (failure.value = 'insecure')
    if (!chosen || !('mediaDevices' in navigator)) return void (failure.value = 'unable')
    try {
      begin(await navigator.mediaDevices.getUserMedia({ audio: true }), chosen)
    } catch {
      failure.value = 'denied'
    }
  }

  function begin(stream: MediaStream, { type, ending }: RecordingForm): void {
    const parts: Blob[] = []
    const mine = (recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: bitsPerSecond }))
    mine.ondataavailable = ({ data }) => parts.push(data)
    mine.onstop = () => {
      for (const track of stream.getTracks()) track.stop()
      recording.value = false
      clearTimeout(limit)
      const blob = new Blob(parts, { type: type.split(';')[0] })
      if (blob.size) done({ blob, name: `voice.${ending}` })
    }
    mine.start(1000)
    recording.value = true
    since.value = Date.now()
    limit = setTimeout(stop, longestMs)
  }

  function stop(): void {
    if (recorder?.state === 'recording') recorder.stop()
  }
  onScopeDispose(stop)
  return { recording, since, failure, start, stop }
}
