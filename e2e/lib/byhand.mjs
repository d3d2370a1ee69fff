// An office that confirms every order, as many do at first: the rules only propose.

/** Lets the rules of a demo propose what they would send by themselves; a colleague's call for help still goes at once. */
export async function dispatchByHand(api) {
  const admin = await api.as('admin')
  const { items } = await admin.get('/api/v1/rules')
  for (const rule of items) {
    if (!rule.automatic || rule.category === 'worker_help') continue
    const { id, sort, active, disabled_why, disabled_at, $schema, ...fields } = rule
    await admin.put(`/api/v1/rules/${id}`, { ...fields, automatic: false })
  }
}
