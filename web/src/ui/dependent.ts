import { shallowReactive, watch, type Ref } from 'vue'
import type { Answers, Ask, Dependent, Option } from './action-form'

/**
 * The options of fields that depend on another field: read anew when that one changes. What was chosen before and is
 * no option any more is taken back. Until the options have come, and when they do not, there are none to choose.
 */
export function useDependent(fields: Ref<Ask[]>, answers: Answers, read: (...of: Parameters<Dependent>) => Promise<Option[]> | undefined) {
  const loaded = shallowReactive<Record<string, Option[]>>({})
  const values = () => fields.value.filter((field) => field.of).map((field) => [field.name, answers[field.of ?? '']] as const)

  watch(
    () => JSON.stringify(values()),
    (now, before) => {
      // The server's own options fit what it proposes.
      if (before === undefined) return
      const was = new Map(JSON.parse(before) as [string, unknown][])
      for (const [name, value] of JSON.parse(now) as [string, unknown][]) if (was.get(name) !== value) void load(name, value)
    },
    { immediate: true },
  )

  async function load(name: string, value: unknown): Promise<void> {
    const field = fields.value.find((candidate) => candidate.name === name)
    loaded[name] = []
    if (!field || typeof value !== 'string' || !value) return void delete answers[name]
    const options = (await read(field, value)?.catch(() => [])) ?? []
    if (answers[field.of ?? ''] !== value) return
    loaded[name] = options
    if (!options.some((option) => option.value === answers[name])) delete answers[name]
  }
  return (field: Ask): Ask => (loaded[field.name] ? { ...field, options: loaded[field.name] } : field)
}
