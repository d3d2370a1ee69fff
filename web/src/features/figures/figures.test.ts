import { describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import type { AreaChoice, LateItem, Row } from './api'
import { tableCode, type Column } from './columns'
import { csvOf } from './csv'
import { askOf, filtersOf, lateAskOf, narrowings, queryOf, usual } from './filters'
import { whyOf } from './late'
import { daysOf, daysOfRow, trendBy, trendDays } from './period'
import { downOf, incidentsOf, levelsBelow, pathTo, rowName } from './rows'
import { lineOf } from './trend'
import { changeOf, madeOf, valueText } from './value'

withMessages()
const today = '2026-03-01'
const none = { from: '', to: '' }

describe('the days of a period', () => {
  it.each([
    ['today', none, '2026-03-01', '2026-03-01'],
    ['week', none, '2026-02-23', '2026-03-01'],
    ['month', none, '2026-03-01', '2026-03-01'],
    ['last_month', none, '2026-02-01', '2026-02-28'],
    ['days', { from: '2026-01-05', to: '2026-01-09' }, '2026-01-05', '2026-01-09'],
    ['days', { from: 'soon', to: '' }, '2026-03-01', '2026-03-01'],
  ] as const)('%s', (period, own, from, to) => expect(daysOf(period, today, own)).toEqual({ from, to }))

  it('of a row stay within the period', () => {
    const within = { from: '2026-02-04', to: '2026-03-01' }
    expect(daysOfRow('day', '2026-02-10', within)).toEqual({ from: '2026-02-10', to: '2026-02-10' })
    expect(daysOfRow('week', '2026-02-02', within)).toEqual({ from: '2026-02-04', to: '2026-02-08' })
    expect(daysOfRow('month', '2026-02', within)).toEqual({ from: '2026-02-04', to: '2026-02-28' })
  })

  it('make a trend of two weeks at least, and of no more points than a line needs', () => {
    expect(trendDays({ from: today, to: today })).toEqual({ from: '2026-02-16', to: today })
    expect([trendBy({ from: '2026-01-01', to: '2026-03-31' }), trendBy({ from: '2026-01-01', to: '2026-12-31' }), trendBy({ from: '2020-01-01', to: '2026-12-31' })]).toEqual(['day', 'week', 'month'])
  })
})

describe('filters', () => {
  it('come back from the address as they were, and what is as usual is not in it', () => {
    expect(Object.values(queryOf(usual())).filter(Boolean)).toEqual([])
    const wanted = { ...usual(), by: 'unit', area: 'a', period: 'days', from: '2026-01-01', to: '2026-01-31', compare: 'none', working: true, sort: '-kpi.overdue', top: 'all' } as const
    expect(filtersOf(queryOf(wanted) as Record<string, string>)).toEqual(wanted)
  })
  it('an address made by hand does no harm', () => {
    expect(filtersOf({ by: 'luck', period: '', top: '-1', compare: ['year', 'none'] })).toEqual({ ...usual(), compare: 'year' })
  })
  it('become the question', () => {
    const f = { ...usual(), area: 'a', level: 'grid', working: true, compare: 'baseline', baseline_from: '2026-01-01', baseline_to: '2026-01-07', top: 'all' } as const
    expect(askOf(f, today, ['closing'])).toMatchObject({ area: 'a', level: 'grid', from: '2026-02-23', to: today, working_days: true, baseline_from: '2026-01-01', top: 0, kpis: ['closing'] })
    expect(askOf({ ...f, by: 'unit' }, today, []).level).toBeUndefined()
    expect(lateAskOf(f, today)).toEqual({ area: 'a', from: '2026-02-23', to: today, working_days: true })
    expect(narrowings(f)).toBe(1)
  })
})

describe('a figure', () => {
  it('is read with two decimals, as people say times, and as none where there is nothing to measure', () => {
    expect(valueText('share', 0.93724)).toBe('93.72\u202f%')
    expect(valueText('ms', 200_000)).toBe('3 分 20 秒')
    expect(valueText('count', 12_345)).toBe('12,345')
    for (const unit of ['share', 'ms'] as const) expect(valueText(unit, null)).toBe('无')
  })
  it('says how it changed by an arrow and in words', () => {
    expect(changeOf('share', 'more', 0.9, 0.8875)).toEqual({ arrow: '↑', text: '升 1.25 个百分点', tone: 'better' })
    expect(changeOf('share', 'less', 0.2, 0.1)).toMatchObject({ arrow: '↑', tone: 'worse' })
    expect(changeOf('ms', 'less', 60_000, 120_000)).toEqual({ arrow: '↓', text: '快 1 分', tone: 'better' })
    expect(changeOf('count', undefined, 3, 5)).toEqual({ arrow: '↓', text: '少 2', tone: 'plain' })
    expect(changeOf('share', 'more', 0.500001, 0.5)).toMatchObject({ arrow: '→', text: '持平' })
    expect(changeOf('share', 'more', 1, null)).toMatchObject({ text: '那时无', tone: 'plain' })
    expect(changeOf('share', 'more', null, 1)).toBeUndefined()
  })
  it('of a time says of how many, and in what half and nine in ten were', () => {
    expect(madeOf({ unit: 'ms' }, { value: 60_000, count: 120_000, base: 2, p50: 50_000, p90: 70_000 })).toBe('2 件平均 1 分；一半在 50 秒 内，九成在 1 分 10 秒 内')
    expect(madeOf({ unit: 'ms' }, { value: null, count: 0, base: 0 })).toBeUndefined()
  })
})

const areas = [
  { id: 's', name: '街道', level: 'street', depth: 0 },
  { id: 'c', name: '社区', level: 'community', depth: 1 },
  { id: 'g', name: '网格', level: 'grid', depth: 2 },
  { id: 'd', name: '二社区', level: 'community', depth: 1 },
] as AreaChoice[]

describe('a row', () => {
  const f = { ...usual(), area: 's' }
  const days = { from: '2026-02-23', to: today }
  it('leads down into an area that has others in it, and to the days of a person', () => {
    expect(downOf(f, { key: 'c' }, areas)).toMatchObject({ query: { area: 'c' } })
    expect(downOf(f, { key: 'g' }, areas)).toBeUndefined()
    expect(downOf(f, { key: '' }, areas)).toBeUndefined()
    expect(downOf({ ...f, by: 'person' }, { key: 'p' }, areas)).toMatchObject({ query: { person: 'p', by: 'day' } })
    expect(downOf({ ...f, by: 'unit' }, { key: 'u' }, areas)).toBeUndefined()
  })
  it('lists its incidents with the filters', () => {
    expect(incidentsOf({ ...f, channel: 'app' }, { key: 'c' }, days)).toEqual({ name: 'search', query: { area: 'c', channel: 'app', unit: undefined, category: undefined, ...days } })
    expect(incidentsOf({ ...f, by: 'week' }, { key: '2026-02-23' }, days)).toMatchObject({ query: { area: 's', from: '2026-02-23', to: '2026-03-01' } })
    expect(incidentsOf({ ...f, by: 'person' }, { key: 'p' }, days)).toBeUndefined()
  })
  it('has a name', () => {
    expect(rowName('area', { key: '', name: '' })).toBe('没有定位')
    expect(rowName('channel', { key: 'hotline', name: '' })).toBe('热线')
    expect(rowName('week', { key: '2026-02-23', name: '' })).toBe('2026-02-23 起一周')
    expect(rowName('unit', { key: 'u', name: '' })).toBe('已不存在')
  })
  it('knows the way to it and the levels below', () => {
    expect(pathTo('g', areas).map((area) => area.id)).toEqual(['s', 'c', 'g'])
    expect(pathTo('d', areas).map((area) => area.id)).toEqual(['s', 'd'])
    expect([levelsBelow('', areas), levelsBelow('c', areas), levelsBelow('d', areas)]).toEqual([['street', 'community', 'grid'], ['grid'], []])
  })
})

describe('a line', () => {
  it('breaks where there is no value, and does not make a mountain of noise', () => {
    expect(lineOf([null, 0.5, 0.6, null, 0.55], 100, 10).paths).toHaveLength(2)
    const heights = (values: number[]) => [...lineOf(values, 100, 10).paths[0]!.matchAll(/ ([\d.]+)/g)].map((found) => Number(found[1]))
    const rise = (values: number[]) => Math.abs(heights(values)[0]! - heights(values)[1]!)
    expect(rise([0.5, 0.501])).toBeLessThan(1)
    expect(rise([0.1, 0.9])).toBe(10)
    expect(lineOf([null, null], 100, 10)).toEqual({ paths: [] })
  })
})

describe('why it was late', () => {
  const item = { stage: 'accept_order', over_ms: 18 * 60_000, causes: ['nobody_on_duty', 'waited_for_person', 'returned'], returned: 1, reworked: 0, extended: 0 } as unknown as LateItem
  it('is one sentence, what took longest first', () => expect(whyOf(item)).toBe('等人接单，超时 18 分 · 当时没有人在岗 · 退回 1 次'))
  it('names the stage where no cause speaks of it', () => expect(whyOf({ ...item, stage: 'total', causes: ['reworked'], reworked: 2 })).toBe('全程超时 18 分 · 返工 2 次'))
})

it('a table goes out with numbers to reckon with, and no name becomes a formula', () => {
  const row = { key: 'u', name: '', measures: { received: 3 }, kpis: { closing: { value: 2 / 3, count: 2, base: 3 }, time_close: { value: null, count: 0, base: 0 } } } as unknown as Row
  const columns = [
    { id: 'received', kind: 'measure', code: 'received', unit: 'count' },
    { id: 'kpi.closing', kind: 'kpi', code: 'closing', unit: 'share' },
    { id: 'kpi.time_close', kind: 'kpi', code: 'time_close', unit: 'ms' },
  ] as Column[]
  const csv = csvOf({ about: ['街道'], head: '单位', columns, rows: [{ name: '=HYPERLINK("x")', row }], compared: false })
  expect(csv).toBe('\uFEFF街道\r\n单位,接报,结案率 (%),平均结案用时 (分钟)\r\n"\'=HYPERLINK(""x"")",3,66.67,\r\n')
})

it('a rate has a name of its own in built tables where a number is called the same', () => {
  const all = [{ kind: 'measure', code: 'overdue' }, { kind: 'kpi', code: 'overdue' }, { kind: 'kpi', code: 'closing' }] as Column[]
  expect(all.map((column) => tableCode(column, all))).toEqual(['overdue', 'overdue_rate', 'closing'])
})
