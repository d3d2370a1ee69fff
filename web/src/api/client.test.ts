import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { errorText, fieldText } from '@/i18n/errors'
import { withMessages } from '@/testing/messages'
import { call, onSignedOut } from './client'
import { ApiError } from './error'
import { newIntent } from './intent'

beforeAll(withMessages)
const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

const answer = (status: number, body: unknown, url = 'http://x/api/v1/incidents') => {
  const response = new Response(null, { status })
  Object.defineProperty(response, 'url', { value: url })
  return Promise.resolve(status < 300 ? { data: body, response } : { error: body, response })
}
const refusal = (promise: Promise<unknown>) => promise.then(() => undefined, (error: unknown) => error as ApiError)

describe('call', () => {
  it('gives the data', async () => expect(await call(answer(200, { id: 'a' }))).toEqual({ id: 'a' }))

  it('makes a typed error of a refusal', async () => {
    const body = { code: 'invalid', request_id: 'r1', errors: [{ field: 'text', code: 'field.required' }] }
    const error = await refusal(call(answer(422, body)))
    expect(error).toMatchObject({ status: 422, code: 'invalid', requestId: 'r1', again: false })
    expect(error?.fieldErrors().get('text')?.code).toBe('field.required')
  })

  it('takes an answer that is no problem document for what its status says', async () => {
    const error = await refusal(call(answer(502, '<html>')))
    expect(error).toMatchObject({ status: 502, code: 'status.502', again: true })
    expect(errorText(error)).toBe('服务器暂时没有应答，请稍后再试。')
  })

  it('says that no answer came', async () => {
    const error = await refusal(call(Promise.reject(new TypeError('Failed to fetch'))))
    expect(error).toMatchObject({ status: 0, code: 'network', again: true })
  })

  it('tells when the session is over, but not when a password was wrong', async () => {
    const over = vi.fn()
    stops.push(onSignedOut(over))
    await refusal(call(answer(401, {}, 'http://x/api/v1/session')))
    expect(over).not.toHaveBeenCalled()
    await refusal(call(answer(401, {})))
    expect(over).toHaveBeenCalledOnce()
  })
})

describe('sentences', () => {
  it('fall back from the code to the status to a general one', () => {
    expect(errorText(new ApiError(409, 'incident.stale'))).toBe('刚刚有别人先处理了，请看最新情况后再试。')
    expect(errorText(new ApiError(404, 'a.code.of.a.later.version'))).toBe('没有找到，可能已被移走，或不在可查看的范围内。')
    expect(errorText(new Error('x'))).toBe('暂时无法完成，请稍后再试。')
    expect(fieldText({ field: 'x', code: 'field.later' })).toBe('请检查这一项。')
  })
})

it('an intent is never the same twice', () => {
  expect(new Set(Array.from({ length: 100 }, newIntent)).size).toBe(100)
  expect(newIntent()).toMatch(/^[0-9a-f]{32}$/)
})
