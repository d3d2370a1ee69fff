/** Up and down go from row to row, right opens a branch, left closes it or goes to what is above. */
export function treeKey(event: KeyboardEvent, tree: HTMLElement): void {
  const rows = [...tree.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const row = rows[at]
  if (!row) return
  const focus = (target: HTMLElement | undefined) => target?.querySelector<HTMLElement>('a')?.focus()
  const toggle = row.querySelector<HTMLButtonElement>('button[aria-expanded]')
  const open = toggle?.getAttribute('aria-expanded') === 'true'
  if (event.key === 'ArrowDown') focus(rows[at + 1])
  else if (event.key === 'ArrowUp') focus(rows[at - 1])
  else if (event.key === 'ArrowRight' && toggle) open ? focus(rows[at + 1]) : toggle.click()
  else if (event.key === 'ArrowLeft' && open) toggle?.click()
  else if (event.key === 'ArrowLeft') focus(rows.slice(0, at).reverse().find((above) => Number(above.dataset.row) < Number(row.dataset.row)))
  else return
  event.preventDefault()
}
