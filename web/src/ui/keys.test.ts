import { effectScope } from 'vue'
import { afterEach, expect, it, vi } from 'vitest'
import { bindings, useKeys } from './keys'

const scopes: ReturnType<typeof effectScope>[] = []
function bind(...own: Parameters<typeof useKeys>[0]) {
  const scope = effectScope()
  scopes.push(scope)
  scope.run(() => useKeys(own))
  return scope
}
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop()
  document.body.innerHTML = ''
})

function press(key: string, target: EventTarget = document, init: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
}

it('runs the binding of a key, the newest first', () => {
  const page = vi.fn()
  const dialog = vi.fn()
  bind({ key: 'D', label: '派单', run: page })
  const inner = bind({ key: 'D', label: '确定', run: dialog })
  press('d')
  inner.stop()
  press('d')
  expect([page.mock.calls.length, dialog.mock.calls.length]).toEqual([1, 1])
})

it('leaves letters to text fields, but not combinations made for them', () => {
  const letter = vi.fn()
  const send = vi.fn()
  bind({ key: 'N', label: '接电话', run: letter }, { key: 'Ctrl+Enter', label: '上报', run: send, inFields: true })
  const field = document.body.appendChild(document.createElement('textarea'))
  press('n', field)
  press('Enter', field, { ctrlKey: true })
  expect(letter).not.toHaveBeenCalled()
  expect(send).toHaveBeenCalledOnce()
})

it('leaves keys to the input method while it composes', () => {
  const run = vi.fn()
  bind({ key: 'Enter', label: '打开', run, inFields: true })
  press('Enter', document, { isComposing: true })
  expect(run).not.toHaveBeenCalled()
})

it('forgets the bindings of what is gone, and of what is switched off', () => {
  const run = vi.fn()
  const scope = bind({ key: 'J', label: '下一条', run, when: () => false })
  press('j')
  expect(run).not.toHaveBeenCalled()
  scope.stop()
  expect(bindings).toHaveLength(0)
})

it('lets the keys of the page rest while a dialog is open', () => {
  const page = vi.fn()
  const inDialog = vi.fn()
  bind({ key: 'D', label: '派单', run: page }, { key: 'E', label: '下一张', run: inDialog, inDialogs: true })
  document.body.innerHTML = '<dialog open></dialog>'
  press('d')
  press('e')
  expect([page.mock.calls.length, inDialog.mock.calls.length]).toEqual([0, 1])
})
