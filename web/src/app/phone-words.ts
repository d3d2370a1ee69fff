/** The messages that the phone shows besides those of every face; they are also kept for times without network. */
export const phoneWords = ['session', 'phone', 'state', 'ask', 'option', 'action', 'entry', 'reason', 'desk'] as const
