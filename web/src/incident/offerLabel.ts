import { useI18n } from 'vue-i18n'
import type { Ref } from 'vue'
import { nextStep, proposed } from './next'
import type { Keyed } from './offers'
import type { Incident } from './types'

/** What the button of an action says: its name, and more where the name alone would leave a question. */
export function useOfferLabel(incident: Ref<Incident>) {
  const { t } = useI18n()
  return ({ offer, direct }: Keyed): string => {
    const name = t(`action.${offer.do}`)
    if (offer.do === 'mark') return incident.value.flags.includes('urgent') ? t('desk.unmark') : name
    if (offer.do === 'dispatch' && incident.value.proposal) {
      if (!direct) return t('desk.dispatch_other')
      // The line of the next step names the unit where the dispatch is that step.
      return nextStep(incident.value).code === 'dispatch' ? name : t('desk.dispatch_to', { to: proposed(incident.value) })
    }
    const twins = incident.value.actions.filter((other) => other.do === offer.do).length > 1
    const unit = twins && incident.value.orders.find((order) => order.id === offer.order)?.unit.name
    return unit ? t('desk.of_unit', { what: name, unit }) : name
  }
}
