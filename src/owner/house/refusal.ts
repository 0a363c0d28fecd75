import type { HeaderLine } from '../../sip/endpoint.ts'

/** What a phone is told of a refusal: a status, and why. */
export interface Refusal {
  readonly status: number
  readonly headers: readonly HeaderLine[]
}

/** What a caller in the house may learn of phones that refuse: busy and declined, else that nobody is there. */
export function refusalInside(status: number | undefined): number {
  return status === 486 || status === 600 || status === 603 ? 486 : 480
}

/**
 * What a phone is told of how somebody outside refused. It is not sent elsewhere (3xx): where a call goes that costs money
 * is not for the called side to say. A challenge is not for the phone to answer, and trouble behind us is none of ours
 * (RFC 3261 §16.7 (6)): who gets 503 stays away from the machine for a while.
 */
export function refusalOutside(status: number | undefined): number {
  if (status === undefined || status < 400) return 480
  if (status >= 600) return GLOBAL.get(status) ?? 603
  if (status >= 500) return 500
  return PASSED_ON.has(status) ? status : (TURNED.get(status) ?? 480)
}

/** Phones show each of these as what it is. */
const PASSED_ON = new Set([403, 404, 410, 480, 484, 486, 488])
const TURNED = new Map([
  [401, 403],
  [402, 403],
  [407, 403],
  [415, 488],
  [416, 404],
])
const GLOBAL = new Map([
  [600, 486],
  [604, 404],
  [606, 488],
])

/** Reasons of the telephone network (RFC 3326, Q.850): the phone may say by them what has happened. */
export function passedOn(causes: readonly string[] = []): readonly HeaderLine[] {
  return causes
    .filter((cause) => /^Q\.850\s*;/i.test(cause) && cause.length <= LONGEST_CAUSE)
    .slice(0, 1)
    .map((cause) => ['Reason', cause] as const)
}

const LONGEST_CAUSE = 200
