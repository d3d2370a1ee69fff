import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { withMessages } from '@/testing/messages'
import { stored } from '@/ui/stored'
import ReportPage from './ReportPage.vue'

const page = defineComponent({ render: () => h(ReportPage, { door: 'enquiry' }) })

async function open() {
  const routes = [
    { path: '/', name: 'doors', component: page },
    { path: '/privacy', component: page },
    { path: '/track/:code?', name: 'track', component: page },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/')
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const shown = mount(page, { global: { plugins: [withMessages(), router, [VueQueryPlugin, { queryClient: client }]] } })
  await flushPromises()
  return shown
}

const answer = (status: number, body: unknown) => {
  const response = new Response(null, { status })
  return { ...(status < 300 ? { data: body } : { error: body }), response } as never
}

beforeEach(() => {
  vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined)
  vi.spyOn(api, 'GET').mockResolvedValue(answer(200, { items: [] }))
})
afterEach(() => {
  vi.restoreAllMocks()
  stored.remove('draft.report.enquiry')
})

it('sends the words once and shows the code', async () => {
  const post = vi.spyOn(api, 'POST').mockResolvedValue(answer(201, { code: 'K7Q2-M9XR-TW4H-0B1C', number: '20261122-1' }))
  const shown = await open()
  await shown.get('textarea').setValue('居住证去哪里办？')
  await shown.get('form').trigger('submit')
  await flushPromises()
  expect(post).toHaveBeenCalledOnce()
  expect(post.mock.calls[0]?.[1]).toMatchObject({ body: { text: '居住证去哪里办？', kind: 'enquiry' } })
  expect(shown.get('[data-testid=code]').text()).toBe('K7Q2-M9XR-TW4H-0B1C')
  expect(stored.get('draft.report.enquiry')).toBeNull()
})

it('keeps words and intent when no answer comes, so that sending again is safe', async () => {
  const post = vi.spyOn(api, 'POST').mockRejectedValueOnce(new TypeError('Failed to fetch'))
  const shown = await open()
  await shown.get('textarea').setValue('居住证去哪里办？')
  await shown.get('form').trigger('submit')
  await flushPromises()
  expect(shown.get('.error').text()).toContain('没有连上服务器')
  post.mockResolvedValueOnce(answer(201, { code: 'A', number: '1' }))
  await shown.get('form').trigger('submit')
  await flushPromises()
  const calls = post.mock.calls as unknown as [string, { headers: Record<string, string> }][]
  const keys = calls.map(([, options]) => options.headers['Idempotency-Key'])
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(keys[1]).toBe(keys[0])
})

it('says at the field what the server refuses, and keeps the words', async () => {
  const errors = [
    { field: 'reporter.phone', code: 'field.phone' },
    { field: 'files[0]', code: 'file.unknown' },
  ]
  vi.spyOn(api, 'POST').mockResolvedValue(answer(422, { code: 'invalid', errors }))
  const shown = await open()
  await shown.get('textarea').setValue('居住证去哪里办？')
  await shown.get('input[type=tel]').setValue('12')
  await shown.get('form').trigger('submit')
  await flushPromises()
  expect(shown.get('.contact [role=alert]').text()).toBe('电话号码不对，请核对。')
  expect(shown.get('.error').text()).toContain('照片：照片已失效，请重新上传。')
  expect(shown.get('textarea').element.value).toBe('居住证去哪里办？')
})

it('does not send an empty report', async () => {
  const post = vi.spyOn(api, 'POST')
  const shown = await open()
  await shown.get('form').trigger('submit')
  expect(post).not.toHaveBeenCalled()
  expect(shown.get('#words-note').text()).toBe('请填写这一项。')
})
