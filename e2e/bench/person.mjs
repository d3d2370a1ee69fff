// A scripted person: does what a practised user does and counts it. The seconds are a person's and not the script's:
// the keystroke-level model for hands and head, and what the page really took for the waiting.

/** Seconds of one operator: a character of running text, a key pressed for itself, a pointing with its click or a tap, a decision. */
export const operators = { char: 0.2, key: 0.28, point: 1.1, mental: 1.35 }

export class Person {
  counts = { chars: 0, keys: 0, points: 0, steps: 0, waited: 0 }

  constructor(page) {
    this.page = page
  }

  /** Looks and decides what comes next: once a step. */
  async step(work) {
    this.counts.steps++
    await work()
  }

  async type(text) {
    await this.page.keyboard.type(text)
    this.counts.chars += [...text].length
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key)
      this.counts.keys++
    }
  }

  /** Points at something and clicks it, or taps it. */
  async point(locator, options) {
    await locator.click(options)
    this.counts.points++
  }

  /** Points at a place of the page. */
  async pointAt(x, y) {
    await this.page.mouse.click(x, y)
    this.counts.points++
  }

  /** Takes a picture with the camera: two touches, the shutter and its confirmation, outside our pages. */
  async shoot(chooser, file) {
    await chooser(file)
    this.counts.points += 2
  }

  /** Chooses from a list: opened, then one pointed at. */
  async choose(select, option) {
    await select.selectOption(option)
    this.counts.points += 2
  }

  /** What the page makes the person wait, measured. */
  async wait(shown) {
    const begun = performance.now()
    const out = await shown
    this.counts.waited += (performance.now() - begun) / 1000
    return out
  }

  get seconds() {
    const { chars, keys, points, steps, waited } = this.counts
    return chars * operators.char + keys * operators.key + points * operators.point + steps * operators.mental + waited
  }
}
