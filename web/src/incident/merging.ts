import { t } from '@/i18n'
import { newIntent } from '@/api/intent'
import { say } from '@/ui/toasts'
import { act } from './api'
import type { Incident } from './types'
import { offerWhile } from './undo'

/** The offered merge of an incident, nothing where it cannot be merged now. */
export const mergeOf = (incident: Incident) => incident.actions.find((offer) => offer.do === 'merge')
export const unmergeOf = (incident: Incident) => incident.actions.find((offer) => offer.do === 'unmerge')

/** After a merge: takes it back. False where the server does not offer that. */
export function offerUnmerge(after: Incident, done: (incident: Incident) => void): boolean {
  if (!after.into || !unmergeOf(after)) return false
  const undo = async () => {
    done(await act(after.id, 'unmerge', {}, newIntent()))
    say(t('merge.undone', { number: after.number }))
  }
  const text = t('merge.done', { number: after.number, into: after.into.number })
  offerWhile(text, after.id, undo, (now) => unmergeOf(now) !== undefined, t('merge.undo'))
  return true
}
