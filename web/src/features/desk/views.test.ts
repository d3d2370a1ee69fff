import { describe, expect, it } from 'vitest'
import { noFilters } from '@/incident/filters'
import { addView, knownViews, mostViews, moveView, problemOf, removeView, renameView, viewShown, type SavedView } from './views'
import type { Shown } from './work'

const urgent: Shown = { tab: 'todo', filters: { ...noFilters(), severity: 'emergency', state: ['reported'] } }
const some = (...names: string[]): SavedView[] => names.reduce((views, name) => addView(views, name, urgent), [] as SavedView[])
const names = (views: SavedView[]) => views.map((view) => view.name).join(' ')
const idOf = (views: SavedView[], name: string) => views.find((view) => view.name === name)?.id ?? ''

describe('saved views', () => {
  it('hold what was shown, and not what is changed later', () => {
    const shown: Shown = { tab: 'today', filters: { ...noFilters(), state: ['closed'] } }
    const [view] = addView([], ' 今日办结 ', shown)
    shown.filters.state.push('voided')
    expect(view).toMatchObject({ name: '今日办结', tab: 'today', filters: { state: ['closed'] } })
  })

  it('are found by what is shown', () => {
    const views = some('夜间紧急')
    expect(viewShown(views, urgent)?.name).toBe('夜间紧急')
    expect(viewShown(views, { ...urgent, tab: 'today' })).toBeUndefined()
  })

  it('move, are renamed and go', () => {
    let views = some('甲', '乙', '丙')
    views = moveView(views, idOf(views, '丙'), -1)
    expect(names(views)).toBe('甲 丙 乙')
    expect(names(moveView(views, idOf(views, '甲'), -1))).toBe('甲 丙 乙')
    views = renameView(views, idOf(views, '甲'), '丁')
    expect(names(removeView(views, idOf(views, '丙')))).toBe('丁 乙')
  })

  it('need a name of their own, and there is an end to them', () => {
    const views = some('甲', '乙')
    expect(problemOf(views, ' ')).toBe('empty')
    expect(problemOf(views, '甲')).toBe('taken')
    expect(problemOf(views, '甲', idOf(views, '甲'))).toBeUndefined()
    expect(problemOf(some(...Array.from({ length: mostViews }, (_, i) => `v${i}`)), '新')).toBe('full')
  })

  it('survive another version of the page', () => {
    const kept = [null, 5, { id: 'a', name: '旧', tab: 'gone', filters: {} }, { id: 'b', name: '好', tab: 'todo', filters: { severity: 'major', gone: 1, state: 'x' } }]
    expect(knownViews(kept)).toEqual([{ id: 'b', name: '好', tab: 'todo', filters: { ...noFilters(), severity: 'major' } }])
  })
})
