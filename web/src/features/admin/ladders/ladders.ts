import { api, call } from '@/api/client'
import { intentHeader } from '@/api/intent'
import type { components } from '@/api/schema'
import type { Values } from '../shared/record-form'

export type Ladder = components['schemas']['DispatchLadder']
export type Rung = Ladder['steps'][number]['rung']

/** The rungs from below. */
export const rungs: Rung[] = ['worker', 'grid_head', 'station', 'centre', 'command']
/** The stages in the order of the work. */
export const stages = ['verify', 'dispatch', 'accept_order', 'arrive', 'progress', 'handle', 'check', 'answer', 'total', 'reply', 'report_in']

/** What the form of a ladder holds: the minutes of each rung as typed; a rung without any is left out. */
export interface LadderForm extends Values {
  name: string
  stage: string
  severity: string
  category: string
  active: boolean
  steps: Record<string, string>
}

export const ladderForm = (ladder: Ladder | undefined): LadderForm => ({
  name: ladder?.name ?? '',
  stage: ladder?.stage ?? '',
  severity: ladder?.severity ?? '',
  category: ladder?.category ?? '',
  active: ladder?.active ?? true,
  steps: Object.fromEntries((ladder?.steps ?? []).map((step) => [step.rung, String(step.after)])),
})

/** The rungs that are chosen, from below. What is no number counts as something the server refuses with a reason. */
export const stepsOf = (form: Pick<LadderForm, 'steps'>): Ladder['steps'] =>
  rungs
    .filter((rung) => form.steps[rung] !== undefined)
    .map((rung) => {
      const typed = (form.steps[rung] ?? '').trim()
      return { rung, after: /^\d{1,7}$/.test(typed) ? Number(typed) : typed === '' ? 0 : -1 }
    })

type Say = (key: string, values?: Record<string, string | number>) => string

/** Minutes as people say them: 30 分钟, 2 小时, 1 天. */
export function spanText(minutes: number, t: Say): string {
  if (minutes && minutes % 1440 === 0) return t('ladders.days', { n: minutes / 1440 })
  if (minutes && minutes % 60 === 0) return t('ladders.hours', { n: minutes / 60 })
  return t('ladders.minutes', { n: minutes })
}

/** What a ladder fits: 派单超时，紧急事件. */
export function whenText(ladder: Pick<Ladder, 'stage' | 'severity' | 'category'>, t: Say, category: (code: string) => string): string {
  const parts = [
    ladder.category && t('ladders.if_category', { name: category(ladder.category) }),
    ladder.severity && t('ladders.if_severity', { name: t(`option.severity.${ladder.severity}`) }),
    ladder.stage && t('ladders.if_stage', { name: t(`ladders.stage.${ladder.stage}`) }),
  ].filter(Boolean)
  return parts.length ? parts.join(t('ladders.and')) : t('ladders.all')
}

/** Who is told and when: 办理人（超时就报） → 网格长（超时 30 分钟后）. */
export const stepsText = (steps: Ladder['steps'], t: Say): string =>
  steps
    .map((step) => t('ladders.step', { who: t(`ladders.rung.${step.rung}`), when: step.after > 0 ? t('ladders.after', { time: spanText(step.after, t) }) : t('ladders.at_once') }))
    .join(t('ladders.arrow'))

/** The same where there is little room: 办理人 → 网格长 30 分钟. */
export const stepsBrief = (steps: Ladder['steps'], t: Say): string =>
  steps
    .map((step) => (step.after > 0 ? t('ladders.short', { who: t(`ladders.rung.${step.rung}`), time: spanText(step.after, t) }) : t(`ladders.rung.${step.rung}`)))
    .join(t('ladders.arrow'))

const one = (id: string) => ({ params: { path: { id } } })

export const listLadders = async (): Promise<Ladder[]> => (await call(api.GET('/api/v1/ladders'))).items

export const readLadder = (id: string): Promise<Ladder> => call(api.GET('/api/v1/ladders/{id}', one(id)))

export function sendLadder(id: string | undefined, form: LadderForm, version: number | undefined, intent: string): Promise<Ladder> {
  const headers = intentHeader(intent)
  const body = { ...form, steps: stepsOf(form) }
  if (id === undefined) return call(api.POST('/api/v1/ladders', { body, headers }))
  return call(api.PUT('/api/v1/ladders/{id}', { ...one(id), body: { ...body, version: version ?? 0 }, headers }))
}

export const removeLadder = (ladder: Ladder): Promise<void> =>
  call(api.DELETE('/api/v1/ladders/{id}', { params: { path: { id: ladder.id }, query: { version: ladder.version } } }))
