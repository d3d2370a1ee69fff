import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { withMessages } from '@/testing/messages'
import { colourToken, markOf, marks } from './state'
import { markBody, markSvg } from './state-shapes'
import StateMark from './StateMark.vue'

const colours = { state: '#111111', cut: '#ffffff', overdue: '#cc0000' }

describe('markOf', () => {
  it('follows the lead order while the incident is in progress', () => {
    expect(markOf('in_progress')).toBe('dispatched')
    expect(markOf('in_progress', 'sent')).toBe('dispatched')
    expect(markOf('in_progress', 'accepted')).toBe('taken')
    expect(markOf('in_progress', 'arrived')).toBe('arrived')
    expect(markOf('in_progress', 'handled')).toBe('handling')
  })

  it('is the state itself otherwise', () => {
    expect(markOf('checking', 'handled')).toBe('checking')
    expect(markOf('a state of a later version')).toBe('reported')
  })
})

describe('shapes', () => {
  it('differ for every state without their colour', () => {
    const bodies = marks.map((mark) => markBody(mark, colours))
    expect(new Set(bodies).size).toBe(marks.length)
  })

  it('show overdue as a triangle and an emergency as two rings', () => {
    expect(markBody('taken', colours, { overdue: true })).toContain('mark-overdue')
    const rings = markBody('closed', colours, { emergency: true }).match(/fill="(none|#ffffff)" stroke="#111111"/g)
    expect(rings).toHaveLength(2)
  })

  it('make a whole document for the map', () => {
    const parsed = new DOMParser().parseFromString(markSvg('merged', colours, {}, 48), 'image/svg+xml')
    expect(parsed.querySelectorAll('rect')).toHaveLength(2)
  })

  it('have a colour of the theme', () => {
    for (const mark of marks) expect(colourToken[mark]).toMatch(/^--state-/)
  })
})

it('StateMark says the state in words too', () => {
  const mark = mount(StateMark, { props: { mark: 'taken', overdue: true, bare: true }, global: { plugins: [withMessages()] } })
  expect(mark.text()).toBe('已接单 · 超时')
})
