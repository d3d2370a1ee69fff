import { hugePhoto, photo } from '../lib/photo.mjs'

export const name = 'ten megabytes of text and a photo of thirty are refused in plain words, and what was written stays'

export async function run({ browser, expect, shot }) {
  const page = await browser.open({ path: '/report/appeal', viewport: 'phone', expected: [/status of (413|422)/] })
  await page.getByLabel('拍照或选图').setInputFiles(hugePhoto(30), { timeout: 60_000 })
  await expect.text(page.getByRole('alert'), /太大/)
  await shot(page, 'photo')
  await page.getByRole('button', { name: /移除第 1 张/ }).tap()
  await page.getByLabel('拍照或选图').setInputFiles({ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') })
  await expect.visible(page.getByRole('alert'))
  await page.getByRole('button', { name: /移除第 1 张/ }).tap()
  await page.getByLabel('拍照或选图').setInputFiles(await photo(page))
  await page.getByRole('button', { name: '下一步', exact: true }).tap()
  await page.getByRole('button', { name: /说不清地点/ }).tap()

  const text = page.getByLabel('发生了什么？')
  await tooMuch(page, text, page.getByRole('button', { name: '提交' }), expect)
  await shot(page, 'text')
  await text.fill('话说得太长了，路灯不亮')
  await page.getByRole('button', { name: '提交' }).tap()
  await expect.visible(page.getByTestId('code'))

  const desk = await browser.open({ path: '/desk', as: 'duty', expected: [/status of (413|422)/] })
  await expect.visible(desk.getByRole('listbox'))
  await desk.keyboard.press('n')
  const call = desk.getByRole('region', { name: '登记' })
  await tooMuch(desk, call.getByLabel('反映的内容'), call.getByRole('button', { name: /^\s*上报/ }), expect)
}

/** Pastes a text as somebody does who copied a whole file, first a long one, then ten megabytes. */
async function tooMuch(page, field, send, expect) {
  for (const length of [30_000, 10 << 20]) {
    await field.evaluate((element, n) => {
      element.focus()
      element.setSelectionRange(0, element.value.length)
      element.setRangeText('长'.repeat(n), 0, element.value.length, 'end')
      element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }))
    }, length)
    await send.click()
    await expect.visible(page.getByText(/太长|太大/).filter({ visible: true }), 20_000)
    expect.equal(await field.evaluate(element => element.value.length), length, 'what was pasted stays')
  }
}
