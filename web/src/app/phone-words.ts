/** The messages of the phone's first page besides those of every face. */
export const firstWords = ['session', 'phone', 'state', 'clocks', 'action', 'option'] as const
/** What only the pages of one incident say. */
export const orderWords = ['desk', 'ask', 'entry', 'reason'] as const
/** All that is kept for times without network. */
export const phoneWords = [...firstWords, ...orderWords, 'alerts', 'notice']
