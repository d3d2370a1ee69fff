// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const [light, dark] = readFileSync('src/ui/styles/tokens.css', 'utf8').split(":root[data-theme='dark']")

const tokens = (css: string) => new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]))

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

describe.each([
  ['light', light!],
  ['dark', dark!],
])('the %s theme', (_, css) => {
  const all = tokens(css)
  const words = [...all.keys()].filter((name) => /^(text|second|faint|accent|ok|warning|danger|state-.*)$/.test(name))
  const grounds = [...all.keys()].filter((name) => /^(panel|ground|hover|.*-soft)$/.test(name))

  it('has words and grounds to compare', () => {
    expect(words.length).toBe(15)
    expect(grounds.length).toBe(7)
  })

  it.each(words)('keeps --%s readable as a word on every ground', (word) => {
    const poor = grounds.filter((ground) => contrast(all.get(word)!, all.get(ground)!) < 4.5)
    expect(poor).toEqual([])
  })
})
