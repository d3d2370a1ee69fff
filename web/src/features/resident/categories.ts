export interface Category {
  code: string
  parent?: string
  name: string
  name_en: string
}

export interface CategoryGroup {
  code: string
  name: string
  items: { code: string; name: string }[]
}

/** The leaves of the category tree under the root they belong to, in the order of the list; a root without leaves is its own. */
export function groupCategories(list: Category[], language: string): CategoryGroup[] {
  const named = (category: Category) => (language === 'en' && category.name_en) || category.name
  const byCode = new Map(list.map((category) => [category.code, category]))
  const parents = new Set(list.map((category) => category.parent))
  const groups = new Map<string, CategoryGroup>()
  for (const category of list) {
    if (parents.has(category.code)) continue
    let root = category
    // The list is a tree; the bound keeps a broken one from turning for ever.
    for (let depth = 0; depth < 8 && root.parent; depth++) root = byCode.get(root.parent) ?? { ...root, parent: undefined }
    const group = groups.get(root.code) ?? { code: root.code, name: named(root), items: [] }
    group.items.push({ code: category.code, name: named(category) })
    groups.set(root.code, group)
  }
  return [...groups.values()]
}
