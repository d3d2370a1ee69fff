/** Prints a slip of paper in a frame of its own, so that nothing of the page is on it and nothing of it stays. */
export function printSlip(title: string, lines: [string, string][], foot: string): void {
  const frame = document.createElement('iframe')
  frame.setAttribute('aria-hidden', 'true')
  frame.style.cssText = 'position:fixed;inset:auto 0 0 auto;width:0;height:0;border:0'
  document.body.append(frame)
  const page = frame.contentDocument
  const view = frame.contentWindow
  if (!page || !view) return frame.remove()
  page.title = title
  const box = page.createElement('div')
  box.style.cssText = 'width:110mm;padding:8mm;border:1px dashed;font:14px/1.6 sans-serif'
  const add = (tag: string, text: string, style = '') => {
    const element = page.createElement(tag)
    element.textContent = text
    element.style.cssText = style
    box.append(element)
  }
  add('h1', title, 'margin:0 0 4mm;font-size:18px')
  for (const [name, value] of lines) {
    add('div', name)
    add('div', value, 'margin-bottom:3mm;font:600 20px/1.4 monospace')
  }
  add('p', foot, 'margin:4mm 0 0')
  page.body.append(box)
  view.addEventListener('afterprint', () => frame.remove())
  view.focus()
  view.print()
}
