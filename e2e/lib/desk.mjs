// The duty desk as the people in front of it use it: what they see by its name, what they do by its button or key.
import { expect } from './expect.mjs'

/** A pattern for a name that begins with these words; keys and counts may follow. */
export const begins = words => new RegExp(`^\\s*${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)

/** Chooses in a combo box by typing, as one does who knows the name. */
export async function pick(scope, label, words, option = words) {
  const box = scope.getByRole('combobox', { name: begins(label) })
  await box.fill(words)
  const wanted = scope.getByRole('option', { name: option }).first()
  await expect.visible(wanted)
  await wanted.click()
  await expect.hidden(wanted)
}

/** A page of the desk. */
export function deskOf(page) {
  const next = page.getByRole('region', { name: '下一步' })
  const part = name => page.getByRole('region', { name, exact: true })
  const rows = page.getByRole('listbox').first()
  const desk = {
    page, next, part, rows,
    timeline: part('办理进度'),
    heading: page.getByRole('article').getByRole('heading', { level: 1 }),
    row: title => rows.getByRole('option').filter({ hasText: title }),
    toast: page.locator('[role=status][aria-live=polite]').filter({ has: page.getByRole('button', { name: '知道了' }) }),

    /** Waits until the list is there. */
    ready: () => expect.visible(rows),
    /** Opens an incident by its link, as a colleague would send it. */
    async open({ id, number }) {
      await page.goto(`/desk?open=${id}`, { waitUntil: 'domcontentloaded' })
      await desk.opened(number)
    },
    opened: number => expect.visible(page.getByRole('article').getByRole('button', { name: number })),
    /** Brings in what came while the list stood still, and opens the row. */
    async openNew(title) {
      const news = page.getByRole('button', { name: /条新事件/ })
      await expect.eventually(async () => {
        if (await desk.row(title).count()) return
        if (await news.isVisible()) await page.keyboard.press('r')
        throw new Error(`no row ${title} yet`)
      }, 15_000)
      await desk.row(title).first().click()
      await expect.visible(desk.heading.filter({ hasText: title }))
    },
    /** Goes down the list until a row is there. */
    async reach(title) {
      await expect.eventually(async () => {
        if (await desk.row(title).count()) return desk.row(title).first().scrollIntoViewIfNeeded()
        const more = page.getByRole('button', { name: '再加载一些' })
        await ((await more.isVisible()) ? more.click() : rows.getByRole('option').last().scrollIntoViewIfNeeded())
        throw new Error(`no row ${title} yet`)
      }, 20_000)
    },
    /** The button of an action; it may have a key and a count behind its name. */
    button: name => next.getByRole('button', { name: begins(name) }),
    /** Takes an action: opens its form, fills it, sends it, and waits until the page says that it is done. */
    async act(name, fill = async () => {}, send = name) {
      await desk.start(name)
      await fill(next)
      await next.getByRole('button', { name: begins(send) }).click()
      await expect.hidden(next.locator('form'))
    },
    /** Opens the form of an action. */
    async start(name) {
      await desk.button(name).first().click()
      await expect.visible(next.locator('form'))
    },
    /** Says what happens next. */
    says: words => expect.text(next, words, 15_000),
  }
  return desk
}
