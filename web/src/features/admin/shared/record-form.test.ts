import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { ApiError } from '@/api/error'
import { stored } from '@/ui/stored'
import { differences, useRecordForm } from './record-form'

interface Unit {
  name: string
  phone: string
  version: number
}

const first: Unit = { name: '锦云巡区站', phone: '028', version: 3 }

function formOf(send: (form: { name: string; phone: string }, version: number | undefined, intent: string) => Promise<Unit>, now = first) {
  return useRecordForm<{ name: string; phone: string }, Unit>({
    draft: 'test.unit',
    fill: (unit) => ({ name: unit?.name ?? '', phone: unit?.phone ?? '' }),
    version: (unit) => unit.version,
    send,
    again: async () => now,
    secret: ['phone'],
  })
}

describe('the form of a record', () => {
  beforeEach(() => stored.remove('draft.test.unit'))

  it('sends the version that was read and is clean afterwards', async () => {
    const send = vi.fn(async (form: { name: string; phone: string }) => ({ ...form, version: 4 }))
    const record = formOf(send)
    record.load(first)
    record.form.name = '锦云二站'
    expect(record.changed.value).toEqual(['name'])
    await record.save()
    expect(send.mock.calls[0]?.slice(0, 2)).toEqual([{ name: '锦云二站', phone: '028' }, 3])
    expect(record.dirty.value).toBe(false)
    expect(record.version.value).toBe(4)
  })

  it('keeps what was typed and shows what is there now when somebody else was first', async () => {
    const now = { name: '东门站', phone: '110', version: 5 }
    const record = formOf(() => Promise.reject(new ApiError(409, 'stale')), now)
    record.load(first)
    record.form.name = '锦云二站'
    await record.save()
    expect(record.form.name).toBe('锦云二站')
    expect(record.form.phone).toBe('110')
    expect(record.theirs.value).toEqual([{ field: 'name', theirs: '东门站', mine: '锦云二站' }])
    expect(record.version.value).toBe(5)
    record.take('name')
    expect(record.form.name).toBe('东门站')
    expect(record.dirty.value).toBe(false)
  })

  it('does not take another refusal for a newer version', async () => {
    const record = formOf(() => Promise.reject(new ApiError(409, 'unit.has_posts')))
    record.load(first)
    record.form.name = 'x'
    await record.save()
    expect(record.theirs.value).toBeUndefined()
    expect(record.version.value).toBe(3)
  })

  it('puts errors beside their fields until these are touched', async () => {
    const record = formOf(() => Promise.reject(new ApiError(422, 'invalid', [{ field: 'name', code: 'field.required' }])))
    record.load(undefined)
    await record.save()
    expect(record.errorOf('name')?.code).toBe('field.required')
    record.touch('name')
    expect(record.errorOf('name')).toBeUndefined()
  })

  it('sends again under the same key only what got no answer', async () => {
    const keys: string[] = []
    const answers = [new ApiError(0, 'network'), new ApiError(422, 'invalid'), undefined]
    const record = formOf(async (form, _version, intent) => {
      keys.push(intent)
      const error = answers[keys.length - 1]
      if (error) throw error
      return { ...form, version: 4 }
    })
    record.load(first)
    for (let i = 0; i < 3; i++) await record.save()
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[1])
  })

  it('brings unsent input back, but never what is secret', async () => {
    const record = formOf(async () => first)
    record.load(first)
    record.form.name = '没写完'
    record.form.phone = '13800000000'
    await nextTick()
    expect(stored.get('draft.test.unit')).not.toContain('138')
    const later = formOf(async () => first)
    later.load(first)
    expect(later.form.name).toBe('没写完')
    expect(later.restored.value).toBe(true)
    later.revert()
    expect(later.form.name).toBe(first.name)
    expect(stored.get('draft.test.unit')).toBeNull()
  })
})

describe('differences', () => {
  it('leaves out what one side changed alone, or both alike', () => {
    const base = { a: 1, b: 1, c: 1, d: 1 }
    expect(differences(base, { a: 2, b: 2, c: 1, d: 2 }, { a: 2, b: 3, c: 9, d: 1 })).toEqual([{ field: 'b', theirs: 2, mine: 3 }])
  })
})
