import { beforeAll, describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { entrySentence, entryText, reasonText, timelineItems } from './entry'
import { anEntry } from './testing'

beforeAll(withMessages)
const at = new Date(2026, 10, 22, 12, 3).getTime()
const station = { id: 'u1', name: '锦云巡区站' }

describe('a sentence of the timeline', () => {
  it('says who did what, and when', () => {
    expect(entrySentence(anEntry({ do: 'accept_order', at, unit: station }))).toBe('锦云巡区站 王晓 12:03 接单')
  })

  it('says how far from the matter somebody arrived, when that is known', () => {
    const arrive = (body: Record<string, unknown>) => entrySentence(anEntry({ do: 'arrive', at, unit: station, body }))
    expect(arrive({ distance: 600 })).toBe('锦云巡区站 王晓 12:03 到场，离现场 600 米')
    expect(arrive({ reason: '地下室没有信号' })).toBe('锦云巡区站 王晓 12:03 到场')
  })

  it('says where it was sent and why, also when a rule did it', () => {
    const body = { unit_name: '锦云巡区站', person_name: '王晓', reason: { code: 'rule.station', params: { patrol_area: '锦云', unit: '锦云巡区站' } } }
    const entry = anEntry({ do: 'dispatch', at, actor: { id: '', name: 'rule' }, body })
    expect(entrySentence(entry)).toBe('系统按规则 12:03 派往 锦云巡区站 王晓')
    expect(entryText(entry)).toContain('锦云')
  })

  it('names the resident where no account reported', () => {
    expect(entrySentence(anEntry({ at, actor: null, unit: null, body: { channel: 'app' } }))).toBe('群众 12:03 反映，来自网上')
  })

  it('tells a mark from its removal, and an internal note from a public one', () => {
    expect(entrySentence(anEntry({ do: 'mark', at, body: { urgent: true } }))).toContain('标记加急')
    expect(entrySentence(anEntry({ do: 'mark', at, body: { urgent: false } }))).toContain('取消加急')
    expect(entrySentence(anEntry({ do: 'note', at, visibility: 'internal' }))).not.toBe(entrySentence(anEntry({ do: 'note', at, visibility: 'public' })))
  })

  it('still says something of an action that it does not know', () => {
    expect(entrySentence(anEntry({ do: 'teleport', at }))).toBe('锦江治理中心 王晓 12:03 teleport')
  })
})

describe('what was written with it', () => {
  it('is shown with what was chosen', () => {
    const entry = anEntry({ do: 'handle', body: { result: '已劝停', outcome: 'success', agreement: 'oral' } })
    expect(entryText(entry)).toBe('调解结果：调解成功\n调解协议：口头协议\n已劝停')
  })

  it('leaves out what goes without saying', () => {
    expect(entryText(anEntry({ do: 'handle', body: { result: '已清理', outcome: 'done' } }))).toBe('已清理')
  })
})

describe('a reason', () => {
  it('names the rule that was passed over before', () => {
    const params = { patrol_area: '锦云', unit: '锦云巡区站', rule: '巡区', passed: '社区', passed_why: 'passed.closed' }
    expect(reasonText({ code: 'rule.station', params })).toMatch(/锦云.*社区/)
  })

  it('is silent when it has no code or an unknown one', () => {
    expect(reasonText(undefined)).toBe('')
    expect(reasonText({ code: 'rule.moon' })).toBe('')
  })
})

describe('the timeline', () => {
  it('shows the newest first and marks what residents see', () => {
    const items = timelineItems([anEntry({ seq: 1, files: ['f1'] }), anEntry({ seq: 2, do: 'note', visibility: 'internal' })])
    expect(items.map((item) => [item.id, item.open])).toEqual([['2', false], ['1', true]])
    expect(items[1]?.photos?.[0]?.thumb).toBe('/api/v1/files/f1?size=thumb')
  })
})

describe('recordings', () => {
  it('are heard and not looked at', () => {
    const [item] = timelineItems([anEntry({ seq: 1, files: ['f1', 'f2'], sounds: ['f2'] })])
    expect(item?.photos?.map(({ id }) => id)).toEqual(['f1'])
    expect(item?.sounds).toEqual(['/api/v1/files/f2'])
  })
})
