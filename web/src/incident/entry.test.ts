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

  it('says that the model sent it where no rule knew', () => {
    const body = { unit_name: '城市管理局', reason: { code: 'learned', params: { unit: '城市管理局', percent: '83' } } }
    const entry = anEntry({ do: 'dispatch', at, actor: { id: '', name: 'model' }, body })
    expect(entrySentence(entry)).toBe('系统按以往经验 12:03 派往 城市管理局')
    expect(entryText(entry)).toBe('文字与以往由城市管理局办理的事件相似，把握 83%')
  })

  it('names the resident where no account reported', () => {
    expect(entrySentence(anEntry({ at, actor: null, unit: null, body: { channel: 'app' } }))).toBe('群众 12:03 反映，来自网上')
  })

  it('tells a mark from its removal, and an internal note from a public one', () => {
    expect(entrySentence(anEntry({ do: 'mark', at, body: { urgent: true } }))).toContain('标记加急')
    expect(entrySentence(anEntry({ do: 'mark', at, body: { urgent: false } }))).toContain('取消加急')
    expect(entrySentence(anEntry({ do: 'note', at, visibility: 'internal' }))).not.toBe(entrySentence(anEntry({ do: 'note', at, visibility: 'public' })))
  })

  it('says what time alone did, at which stage, and how far it went', () => {
    const alone = (action: string, body: Record<string, unknown>) => anEntry({ do: action, at, actor: { id: '', name: 'clock' }, unit: null, visibility: 'internal', body })
    expect(entrySentence(alone('warn', { stage: 'arrive' }))).toBe('12:03 到场快到时限')
    expect(entrySentence(alone('overdue', { stage: 'dispatch' }))).toBe('12:03 派单超时')
    expect(entrySentence(alone('resume_due', {}))).toBe('12:03 挂起到期，恢复计时')
    const climb = alone('climb', { stage: 'arrive', rung: 'station', unit_name: '锦云巡区站', person_names: ['高远舟'] })
    expect(entrySentence(climb)).toBe('12:03 到场超时，已报 巡区工作站')
    expect(entryText(climb)).toBe('已告知 锦云巡区站、高远舟')
  })

  it('says on which rungs nobody was on duty', () => {
    const skipped = [{ rung: 'grid_head', why: 'nobody_on_duty' }, { rung: 'station', why: 'no_post' }]
    const climb = anEntry({ do: 'climb', at, actor: { id: '', name: 'clock' }, unit: null, body: { stage: 'handle', rung: 'centre', skipped } })
    expect(entrySentence(climb)).toBe('12:03 处置超时，已报 街道中心（网格长、巡区工作站无人在岗，逐级上报）')
  })

  it('says until when more time was asked for, and whom a whistle called', () => {
    const until = new Date(2026, 10, 25, 18, 0).getTime()
    expect(entrySentence(anEntry({ do: 'extend', at, unit: station, body: { until, reason: '等待材料' } }))).toBe('锦云巡区站 王晓 12:03 申请延期到 2026-11-25 18:00')
    expect(entrySentence(anEntry({ do: 'whistle', at, unit: station, body: { unit_names: ['派出所', '城管'] } }))).toBe('锦云巡区站 王晓 12:03 吹哨，请 派出所、城管 到场')
    const remind = anEntry({ do: 'remind', at, unit: station, body: { text: '请尽快', reply_by: until } })
    expect(entryText(remind)).toBe('要求回复的时间：2026-11-25 18:00\n请尽快')
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

  it('names the unit where nobody is on duty, and who gets it instead', () => {
    const params = { unit: '锦云巡区站', patrol_area: '锦云', passed: '打架', passed_why: 'passed.off_duty', passed_unit: '派出所' }
    expect(reasonText({ code: 'rule.station', params })).toBe('位置在锦云（派出所此刻无人值班，改派锦云巡区站）')
    expect(reasonText({ code: 'rule.speciality', params: { unit: '派出所', on_duty: 'nobody' } })).toMatch(/（此刻都没有人值班，仍由派出所办理）$/)
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

  it('tells what a limit alone said from what people did', () => {
    const clock = { id: '', name: 'clock' }
    const items = timelineItems([anEntry({ seq: 1, do: 'warn', actor: clock }), anEntry({ seq: 2, do: 'remind' }), anEntry({ seq: 3, do: 'resume_due', actor: clock })])
    expect(items.map(({ reminder }) => reminder)).toEqual([false, false, true])
  })
})

describe('recordings', () => {
  it('are heard and not looked at', () => {
    const [item] = timelineItems([anEntry({ seq: 1, files: ['f1', 'f2'], sounds: ['f2'] })])
    expect(item?.photos?.map(({ id }) => id)).toEqual(['f1'])
    expect(item?.sounds).toEqual(['/api/v1/files/f2'])
  })
})

describe('what another system did', () => {
  it('is said to come from there, and nobody of ours is named', () => {
    const entry = anEntry({ do: 'past_close', actor: { id: '', name: 'import' }, body: { system: '旧平台', answer: '已更换灯泡' } })
    expect(entrySentence(entry)).toMatch(/在“旧平台”办结，由该系统导入$/)
    expect(entryText(entry)).toBe('已更换灯泡')
    expect(entrySentence({ ...entry, do: 'report' })).toMatch(/“旧平台”收到，由该系统导入$/)
  })
})
