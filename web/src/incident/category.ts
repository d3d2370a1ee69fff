import { language } from '@/i18n'
import type { Option } from '@/ui/action-form'

interface Known {
  code: string
  parent?: string
  name: string
  name_en: string
}

export const categoryName = (category: Pick<Known, 'name' | 'name_en'>) => (language() === 'en' ? category.name_en : category.name)

/** The categories as choices, each after the group it belongs to; a group with members is no choice itself. */
export function categoryOptions(categories: Known[]): Option[] {
  const byCode = new Map(categories.map((category) => [category.code, category]))
  const groups = new Set(categories.map((category) => category.parent).filter(Boolean))
  return categories
    .filter((category) => !groups.has(category.code))
    .map((category) => {
      const group = byCode.get(category.parent ?? '')
      return { value: category.code, label: [group && categoryName(group), categoryName(category)].filter(Boolean).join(' / ') }
    })
}
