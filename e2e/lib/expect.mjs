// What a journey claims. Claims about a page wait until they hold, within a limit.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

const limit = 10_000

export const expect = {
  equal: assert.equal,
  deepEqual: assert.deepEqual,
  ok: assert.ok,
  match: assert.match,

  /** Waits until the element is to be seen. */
  visible: (locator, timeout = limit) => locator.first().waitFor({ state: 'visible', timeout }),
  /** Waits until no such element is to be seen. */
  hidden: (locator, timeout = limit) => locator.first().waitFor({ state: 'hidden', timeout }),
  /** Waits until the element's text holds a string or matches a pattern. */
  text: (locator, want, timeout = limit) =>
    eventually(async () => {
      const text = (await locator.first().innerText({ timeout: 1000 })).trim()
      if (want instanceof RegExp) assert.match(text, want)
      else assert.ok(text.includes(want), `${JSON.stringify(text)} lacks ${JSON.stringify(want)}`)
    }, timeout),
  /** Waits until there are so many elements. */
  count: (locator, want, timeout = limit) =>
    eventually(async () => assert.equal(await locator.count(), want), timeout),
  /** Waits until the address of the page matches. */
  url: (page, pattern, timeout = limit) => eventually(() => assert.match(page.url(), pattern), timeout),
  eventually,

  /** The call is refused with this status, and, when given, this code. */
  async refused(promise, status, code) {
    const error = await promise.then(() => null, e => e)
    assert.ok(error, `expected ${status}, but it was accepted`)
    assert.equal(error.status, status, error.message)
    if (code) assert.equal(error.body.code, code)
    return error.body
  },
}

/** Repeats a claim until it holds; the last failure is the one reported. */
async function eventually(claim, timeout = limit) {
  const until = Date.now() + timeout
  for (;;) {
    try {
      return await claim()
    } catch (error) {
      if (Date.now() > until) throw error
    }
    await pause(50)
  }
}
