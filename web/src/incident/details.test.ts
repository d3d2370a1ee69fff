import { describe, expect, it } from 'vitest'
import { detailChanges, detailFields, detailsBody, type DetailField } from './details'

const field = (name: string, more: Partial<DetailField> = {}): DetailField => ({
  name, label: name, label_en: name, type: 'text', wanted: false, residents: false, ...more,
})

describe('what a category asks', () => {
  const tree = [
    { code: 'a', fields: [field('seen'), field('shop', { label: 'above' }), field('old', { retired: true })] },
    { code: 'a.b', parent: 'a', fields: [field('shop', { label: 'below' }), field('size', { type: 'number' })] },
  ]
  it('begins with what it inherits, and the lower one holds', () => {
    expect(detailFields(tree, 'a.b').map(({ name, label }) => `${name} ${label}`)).toEqual(['seen seen', 'shop below', 'size size'])
    expect(detailFields(tree, 'nothing')).toEqual([])
  })
  it('does not turn for ever in a broken tree', () => {
    expect(detailFields([{ code: 'x', parent: 'x', fields: [field('one')] }], 'x')).toHaveLength(1)
  })
})

describe('what is sent', () => {
  const fields = [field('shop'), field('size', { type: 'number' }), field('open', { type: 'bool' })]
  it('is what is asked and given, numbers as numbers', () => {
    expect(detailsBody(fields, { shop: ' 一号 ', size: '12', open: false, other: 'x' })).toEqual({ shop: '一号', size: 12, open: false })
    expect(detailsBody(fields, { shop: ' ', size: undefined })).toBeUndefined()
  })
  it('keeps what is no number as it was typed', () => {
    expect(detailsBody(fields, { size: '十来个' })).toEqual({ size: '十来个' })
  })
  it('names only what changed, and what was emptied', () => {
    expect(detailChanges(fields, { shop: '一号', size: 3 }, { shop: '', size: '3', open: true })).toEqual({ shop: null, open: true })
    expect(detailChanges(fields, { shop: '一号' }, { shop: '一号' })).toBeUndefined()
  })
})
