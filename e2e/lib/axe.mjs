// Accessibility of a page as it is shown now, by axe-core.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Waits until every colour has arrived: a busy machine shows the old ones for a while, even where nothing may move. */
async function coloured(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise(done => requestAnimationFrame(done))
    do await frame().then(frame)
    while (document.getAnimations().some(one => one instanceof CSSTransition && one.playState !== 'finished'))
  })
}

/**
 * Fails on serious and critical violations of WCAG A and AA.
 * @param {import('playwright-core').Page} page
 * @param {{exclude?: string[]}} options selectors of what is not ours
 */
export async function axe(page, { exclude = [] } = {}) {
  await coloured(page)
  // evaluate is not bound by the page's content security policy; a script element would be.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const { violations } = await page.evaluate(
    ([runTags, leaveOut]) => window.axe.run({ exclude: leaveOut }, { runOnly: runTags, resultTypes: ['violations'] }),
    [tags, exclude.map(selector => [selector])],
  )
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  if (bad.length === 0) return
  const lines = bad.flatMap(({ id, impact, help, nodes }) => [
    `${impact}: ${id}: ${help}`,
    ...nodes.slice(0, 5).map(({ target, failureSummary }) => `    ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`),
  ])
  throw new Error(`accessibility of ${page.url()}\n${lines.join('\n')}`)
}
