import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { focusLost, useFocusBack } from './focus'

const Panel = defineComponent({
  setup() {
    useFocusBack()
    return () => h('input')
  },
})

function button(): HTMLButtonElement {
  const made = document.createElement('button')
  document.body.append(made)
  return made
}

afterEach(() => document.body.replaceChildren())

describe('the focus', () => {
  it('comes back to what opened a panel', () => {
    const opener = button()
    opener.focus()
    const panel = mount(Panel, { attachTo: document.body })
    panel.find('input').element.focus()
    panel.unmount()
    expect(document.activeElement).toBe(opener)
  })

  it('stays where it went meanwhile', () => {
    button().focus()
    const panel = mount(Panel, { attachTo: document.body })
    const elsewhere = button()
    elsewhere.focus()
    panel.unmount()
    expect(document.activeElement).toBe(elsewhere)
  })

  it('is lost when nothing has it', () => {
    const one = button()
    one.focus()
    expect(focusLost()).toBe(false)
    one.blur()
    expect(focusLost()).toBe(true)
  })
})
