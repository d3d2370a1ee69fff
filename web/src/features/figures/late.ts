import { t } from '@/i18n'
import { duration } from '@/ui/time'
import type { LateItem } from './api'

/** The stage whose limit a cause speaks of, so that the time over stands beside it. */
const stageOf: Record<string, string[]> = {
  waited_for_dispatch: ['dispatch', 'verify'],
  waited_for_person: ['accept_order'],
  no_arrival: ['arrive', 'report_in'],
  long_handling: ['handle', 'progress'],
  waited_for_check: ['check'],
  waited_for_answer: ['answer'],
}
const times: Record<string, (item: LateItem) => number> = {
  returned: (item) => item.returned,
  reworked: (item) => item.reworked,
  extension_used: (item) => item.extended,
}

/** Why one incident was late: what took longest first, then what came in between. */
export function whyOf(item: LateItem): string {
  const over = duration(item.over_ms)
  const longest = item.causes.find((cause) => stageOf[cause]?.includes(item.stage))
  const first = longest ? t('figures.late.cause_over', { cause: t(`kpi.cause.${longest}`), time: over }) : t('figures.late.stage_over', { stage: t(`clocks.stage.${item.stage}`), time: over })
  const others = item.causes.filter((cause) => cause !== longest).map((cause) => {
    const n = times[cause]?.(item)
    return n ? t(`figures.late.times.${cause}`, { n }) : t(`kpi.cause.${cause}`)
  })
  return [first, ...others].join(' · ')
}
