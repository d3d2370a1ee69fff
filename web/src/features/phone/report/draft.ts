import { reactive, shallowReactive } from 'vue'
import { t } from '@/i18n'
import { detailsBody, type DetailAnswers, type DetailField } from '@/incident/details'
import { useDraft } from '@/ui/draft'
import { localKey, type KeptFile } from '../outbox/item'

/** A report as it is being made. */
export interface ReportDraft {
  text: string
  category: string
  address: string
  lon: number | null
  lat: number | null
  /** The pin was put by hand: the phone's position moves it no more. */
  byHand: boolean
  /** Answers to what the category asks, by the names of its fields. */
  details: DetailAnswers
}

const empty = (): ReportDraft => ({ text: '', category: '', address: '', lon: null, lat: null, byHand: false, details: {} })

interface Making {
  /** Words and place, kept in the browser's storage. */
  draft: ReportDraft
  /** Photos and recordings, kept while the page lives. */
  files: Record<string, KeptFile>
  photos: string[]
  sounds: string[]
  clear: () => void
}

const making = new Map<string, Making>()

/** The report that an account is making; one account never sees the draft of another. */
export function useMaking(account: string): Making {
  const known = making.get(account)
  if (known) return known
  const { draft, clear } = useDraft<ReportDraft>(`phone.report.${account}`, empty)
  const files = shallowReactive<Record<string, KeptFile>>({})
  const now: Making = reactive({
    draft,
    files,
    photos: [] as string[],
    sounds: [] as string[],
    clear: () => {
      clear()
      now.photos = []
      now.sounds = []
      for (const key of Object.keys(files)) delete files[key]
    },
  }) as Making
  making.set(account, now)
  return now
}

/** What a report says where nobody typed: what it is, and that the rest is to be seen or heard. */
export function textOf(draft: ReportDraft, category: string, photos: number, sounds: number, near: string): string {
  const typed = draft.text.trim()
  if (typed) return typed
  const what = category || t('phone.report.something')
  const where = draft.address.trim() || near
  const shown = sounds > 0 ? t('phone.report.heard', { what }) : photos > 0 ? t('phone.report.seen', { what }) : what
  return where ? t('phone.report.at', { what: shown, where }) : shown
}

/** The body of a report; what is empty is left out. */
export function reportBody(making: Pick<Making, 'draft' | 'photos' | 'sounds'>, text: string, fields: DetailField[] = []): Record<string, unknown> {
  const { draft } = making
  const details = detailsBody(fields, draft.details)
  const files = [...making.photos, ...making.sounds]
  return {
    text,
    channel: 'patrol',
    ...(draft.category ? { category: draft.category } : {}),
    ...(details ? { details } : {}),
    ...(draft.address.trim() ? { address: draft.address.trim() } : {}),
    ...(draft.lon !== null && draft.lat !== null ? { lon: draft.lon, lat: draft.lat, datum: 'wgs84' } : {}),
    ...(files.length ? { files } : {}),
  }
}

/** The files of a report under the names that stand in its body. */
export const filesOf = (making: Pick<Making, 'files' | 'photos' | 'sounds'>): Record<string, KeptFile> =>
  Object.fromEntries(
    [...making.photos, ...making.sounds].flatMap((id) => {
      const file = making.files[localKey(id)]
      return file ? [[localKey(id), { ...file }]] : []
    }),
  )
