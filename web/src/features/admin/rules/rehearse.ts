import { api, call } from '@/api/client'
import type { components } from '@/api/schema'
import { fitted, type RuleForm } from './rules'

export type Rehearsal = components['schemas']['DispatchRehearsal']
export type RuleShare = Rehearsal['rules'][number]

/** Runs the last incidents through the rules, with one of them as it stands in the form. Changes nothing. */
export const rehearse = (form?: RuleForm, id?: string): Promise<Rehearsal> =>
  call(api.POST('/api/v1/rules/test', { body: form ? { rule: { ...fitted(form), id, active: true } } : {} }))

/** The rule that was tested: the kept one with its id, else the one behind all others. */
export const tested = (result: Rehearsal, id?: string): RuleShare | undefined =>
  id ? result.rules.find((rule) => rule.rule_id === id) : result.rules.at(-1)

/** Rules that are on and would not have decided once. */
export const idle = (result: Rehearsal): RuleShare[] => result.rules.filter((rule) => rule.active && !rule.chosen)
