import { beforeEach, expect, it } from 'vitest'
import { draftOwner } from '@/ui/draft'
import { stored } from '@/ui/stored'
import { attemptOf, attemptsAt, dropAttempt, keepAttempt } from './attempts'
import { anOffer } from './testing'

const note = anOffer('note')
beforeEach(() => {
  for (const owner of ['', 'a', 'b']) stored.remove(`draft.acts.${owner}`)
  draftOwner.value = ''
  draftOwner.value = 'a'
})
const write = (incident: string, text: string) => keepAttempt({ ...attemptOf(incident, note), answers: { text } })
/** The page is loaded anew. */
function reload(): void {
  const owner = draftOwner.value
  draftOwner.value = 'nobody'
  draftOwner.value = owner
}

it('finds the words again after a reload, under the same intent', () => {
  write('i1', '已电话通知')
  const { intent } = attemptOf('i1', note)
  reload()
  expect(attemptOf('i1', note)).toMatchObject({ answers: { text: '已电话通知' }, intent })
})

it('keeps the words of one account from the next', () => {
  write('i1', '已电话通知')
  draftOwner.value = 'b'
  expect(attemptsAt('i1')).toEqual([])
  draftOwner.value = 'a'
  expect(attemptsAt('i1')).toHaveLength(1)
})

it('forgets what was sent, and leaves what another tab wrote', () => {
  write('i1', '一')
  const other = JSON.parse(stored.get('draft.acts.a') ?? '{}') as Record<string, unknown>
  stored.set('draft.acts.a', JSON.stringify({ ...other, 'i2/note/': { answers: { text: '二' }, intent: 'x', incident: 'i2', do: 'note', at: Date.now() } }))
  dropAttempt('i1', note)
  reload()
  expect(attemptsAt('i1')).toEqual([])
  expect(attemptsAt('i2')).toHaveLength(1)
})

it('names what holds words, the last first, and not a mere choice', () => {
  write('i1', '一')
  keepAttempt({ ...attemptOf('i1', anOffer('reject')), answers: { ground: 'x' } })
  keepAttempt({ ...attemptOf('i1', anOffer('mark')), answers: { urgent: true } })
  expect(attemptsAt('i1').map((attempt) => attempt.do).sort()).toEqual(['note', 'reject'])
})

it('forgets what is two weeks old', () => {
  const at = Date.now() - 15 * 24 * 3600_000
  stored.set('draft.acts.a', JSON.stringify({ 'i1/note/': { answers: { text: '旧' }, intent: 'x', incident: 'i1', do: 'note', at } }))
  reload()
  expect(attemptsAt('i1')).toEqual([])
})
