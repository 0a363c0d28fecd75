/** The keys that a gate may ask for: every telephone has them, and to a machine they mean nothing else. */
export const GATE_DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** What a caller has to do before phones ring. `key`: press this digit; `name`: say who is calling. */
export type GateQuestion =
  | { readonly kind: 'key'; readonly digit: (typeof GATE_DIGITS)[number] }
  | { readonly kind: 'name' }

/**
 * How the caller came past a gate, or did not. `failed`: the message goes to junk. `opened`: the owner did not wait for
 * the caller to pass.
 */
export type GateEnd = 'passed' | 'failed' | 'opened'
