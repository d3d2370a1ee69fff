import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

type Tree = { [key: string]: Tree | string }

const internal = join(import.meta.dirname, '../../../internal')
const errors = JSON.parse(readFileSync(join(import.meta.dirname, 'zh-CN/errors.json'), 'utf8')) as Tree

/** Where the server names a code: a fault, a field error, the reason of a guard. */
const patterns = [
  /fault\.(?:New\(|Wrap\(\w+, )fault\.\w+, "([a-z0-9_.]+)"/g,
  /\.Add\([^,\n]+,\s*"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"/g,
  /Why:\s*"([a-z0-9_.]+)"/g,
]

function translated(code: string): boolean {
  let at: Tree | string | undefined = errors
  for (const part of code.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string'
}

it('every code that the server can answer with is a sentence', () => {
  const found = new Map<string, string>()
  for (const file of readdirSync(internal, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.go') || file.endsWith('_test.go') || file.includes('incidenttest')) continue
    const code = readFileSync(join(internal, file), 'utf8')
    // A code that ends in a dot is completed by what follows it in the source; what it may become stands elsewhere.
    for (const pattern of patterns) for (const [, name] of code.matchAll(pattern)) if (name && !name.endsWith('.')) found.set(name, file)
  }
  expect(found.size).toBeGreaterThan(50)
  expect([...found].filter(([code]) => !translated(code))).toEqual([])
})
