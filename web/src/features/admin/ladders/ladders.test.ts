import { beforeAll, describe, expect, it } from 'vitest'
import { t } from '@/i18n'
import { withMessages } from '@/testing/messages'
import { ladderForm, spanText, stepsBrief, stepsOf, stepsText, whenText, type Ladder } from './ladders'

const say = (key: string, values?: Record<string, string | number>) => t(key, values ?? {})
const ladder: Ladder = {
  id: 'l', name: '紧急', stage: 'dispatch', severity: 'emergency', category: '', active: true, version: 1,
  steps: [{ rung: 'worker', after: 0 }, { rung: 'centre', after: 120 }],
}

describe('a ladder', () => {
  beforeAll(() => void withMessages())

  it('is said as a sentence', () => {
    expect(whenText(ladder, say, (code) => code)).toBe('紧急事件，派单超时')
    expect(whenText({ stage: '', severity: '', category: '' }, say, (code) => code)).toBe('所有超时')
    expect(stepsText(ladder.steps, say)).toBe('办理人（超时就报） → 街道中心（超时 2 小时后）')
    expect(stepsBrief(ladder.steps, say)).toBe('办理人 → 街道中心 2 小时')
  })

  it('says spans as people do', () => {
    expect([0, 30, 60, 90, 1440, 2880].map((minutes) => spanText(minutes, say))).toEqual(['0 分钟', '30 分钟', '1 小时', '90 分钟', '1 天', '2 天'])
  })

  it('sends the chosen rungs from below, and what is no number for the server to refuse', () => {
    expect(stepsOf(ladderForm(ladder))).toEqual(ladder.steps)
    expect(stepsOf({ steps: { command: '5', worker: '', station: 'x' } })).toEqual([
      { rung: 'worker', after: 0 }, { rung: 'station', after: -1 }, { rung: 'command', after: 5 },
    ])
  })
})
