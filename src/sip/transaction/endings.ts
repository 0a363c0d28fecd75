/** The ways in which machines end alike: the state and the orders that belong to it. */

const END = { kind: 'terminated' } as const

/** Its time is over, and nobody needs to know. */
export const terminated = [END, [END]] as const

/** A response could not be sent (RFC 3261 §17.2.4). */
export const undeliverable = [END, [{ kind: 'failed', why: 'transport' }, END]] as const

/** Nobody answered (RFC 3261 §17.1.1.2, §17.1.2.2). */
export const timedOut = [END, [{ kind: 'timed-out' }, END]] as const

/** A request could not be sent (RFC 3261 §17.1.4). */
export const unsendable = (error: Error) => [END, [{ kind: 'failed', error }, END]] as const
