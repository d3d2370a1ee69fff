import { describe, expect, it } from 'vitest'
import { emptyPost, periodOf, postErrors, postOf, sortPosts } from './accounts'

const day = 24 * 3600 * 1000

describe('a post from its form', () => {
  it('counts the last day whole', () => {
    const post = postOf({ ...emptyPost(), role: 'duty', from: '2026-11-22', until: '2026-11-22' }, 'area')
    expect((post.to ?? 0) - (post.from ?? 0)).toBe(day)
  })

  it('sends only the place that the role reaches', () => {
    const form = { ...emptyPost(), role: 'x', unit: 'u', area: 'a' }
    expect(postOf(form, 'unit')).toEqual({ role: 'x', unit: 'u' })
    expect(postOf(form, 'area')).toEqual({ role: 'x', area: 'a' })
    expect(postOf(form, 'both')).toEqual({ role: 'x', unit: 'u', area: 'a' })
    expect(postOf(form, 'none')).toEqual({ role: 'x' })
  })

  it('leaves times out that nobody gave', () => {
    expect(postOf({ ...emptyPost(), role: 'x' }, 'none')).toEqual({ role: 'x' })
  })
})

describe('the period of a post', () => {
  it('holds from the first instant to the last but one', () => {
    expect(periodOf({ from: 10, to: 20 }, 10)).toBe('now')
    expect(periodOf({ from: 10, to: 20 }, 19)).toBe('now')
    expect(periodOf({ from: 10, to: 20 }, 20)).toBe('over')
    expect(periodOf({ from: 10, to: 20 }, 9)).toBe('later')
    expect(periodOf({ from: 10 }, 99)).toBe('now')
  })

  it('puts what holds now first', () => {
    const post = (id: string, from: number, to?: number) => ({ id, role: 'x', role_name: { zh: '', en: '' }, from, to, current: false })
    const posts = [post('over', 1, 5), post('later', 50), post('now', 2), post('newer', 8)]
    expect(sortPosts(posts, 10).map((p) => p.id)).toEqual(['newer', 'now', 'later', 'over'])
  })
})

describe('errors of a post', () => {
  it('are found under the names of its form', () => {
    const found = postErrors([{ field: 'posts.0.unit', code: 'field.required' }, { field: 'posts.0.to', code: 'post.period' }, { field: 'login', code: 'x' }], 'posts.0.')
    expect([...found.keys()]).toEqual(['unit', 'until'])
  })
})
