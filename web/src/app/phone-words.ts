/** The messages of the phone's first page besides those of every face. */
export const firstWords = ['session', 'phone', 'state', 'action', 'option', 'desk'] as const
/** What only the pages of one incident say. */
export const orderWords = ['ask', 'entry', 'reason'] as const
/** All that is kept for times without network. */
export const phoneWords = [...firstWords, ...orderWords, 'alerts']
