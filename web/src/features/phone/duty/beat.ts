/** How often a phone tells where it is while its owner is on duty, in ms. */
export const beatEvery = 60_000

/** Tells whether a position is to be sent now: the first at once, and also after the phone's clock was set back. */
export const beatDue = (last: number, now: number) => last === 0 || now - last >= beatEvery || now < last
