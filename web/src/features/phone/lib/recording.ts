/** The forms in which browsers record, the ones that the server takes; the first that this browser can is used. */
const forms = [
  { type: 'audio/webm;codecs=opus', ending: 'webm' },
  { type: 'audio/mp4', ending: 'm4a' },
  { type: 'audio/ogg;codecs=opus', ending: 'ogg' },
] as const

export type RecordingForm = (typeof forms)[number]

/** The form for this browser; nothing when it cannot record, or only in a form that the server would refuse. */
export const recordingForm = (can: (type: string) => boolean): RecordingForm | undefined => forms.find(({ type }) => can(type))

/** Speech needs little: ten minutes are about 2.5 MB. */
export const bitsPerSecond = 32_000
export const longestMs = 10 * 60_000
