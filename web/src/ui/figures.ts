import { language } from '@/i18n'

/** A share as figures are published: with two decimals. `null` has no number to show. */
export function shareText(value: number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : `${(value * 100).toFixed(2)}\u202f%`
}

/** A count, with the thousands apart. */
export const countText = (value: number) => new Intl.NumberFormat(language()).format(value)
