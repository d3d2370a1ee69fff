import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languages } from '.'

type Tree = { [key: string]: Tree | string }

const here = import.meta.dirname
const src = join(here, '..')

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') keys.set(prefix + key, value)
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) keys.set(inner, text)
  }
  return keys
}

function messages(lang: string): Map<string, string> {
  const keys = new Map<string, string>()
  for (const file of readdirSync(join(here, lang))) {
    const tree = JSON.parse(readFileSync(join(here, lang, file), 'utf8')) as Tree
    for (const [key, text] of flat(tree, `${file.replace('.json', '')}.`)) keys.set(key, text)
  }
  return keys
}

const [first, ...others] = languages
const reference = messages(first)
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort()

describe('messages', () => {
  for (const lang of others) {
    const translated = messages(lang)

    it(`${first} and ${lang} have the same keys`, () => {
      expect([...translated.keys()].sort()).toEqual([...reference.keys()].sort())
    })

    it(`${first} and ${lang} name the same values in each sentence`, () => {
      for (const [key, text] of reference) expect({ key, places: places(translated.get(key) ?? '') }).toEqual({ key, places: places(text) })
    })
  }

  it('are never empty', () => {
    for (const lang of languages) for (const [key, text] of messages(lang)) expect(text.trim(), `${lang} ${key}`).not.toBe('')
  })

  it('hold no character that the message syntax reads as its own', () => {
    for (const lang of languages) {
      for (const [key, text] of messages(lang)) expect(text.replace(/\{\w+\}/g, ''), `${lang} ${key}`).not.toMatch(/[@|{}]/)
    }
  })

  it('exist for every key that the code names', () => {
    const used = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const code = readFileSync(join(src, file), 'utf8')
        return [...code.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((found) => ({ file, key: found[1] ?? '' }))
      })
    expect(used.length).toBeGreaterThan(30)
    expect(used.filter(({ key }) => !reference.has(key))).toEqual([])
  })
})
