import type { SwitchName } from '../shared/switch-name.ts'

/** What a phone wants that calls us. */
export type Dialled =
  /** To pick up, or to listen to, a call of this line, or any call. */
  | { readonly kind: 'pick-up' | 'listen'; readonly line?: string }
  /** The same with one call, by its id in the API. */
  | { readonly kind: 'pick-up-this' | 'listen-to-this'; readonly callId: string }
  /** The spoken menu, of this line's mailbox or of all that the phone has. */
  | { readonly kind: 'menu'; readonly line?: string }
  /** To turn a switch of the house the other way. */
  | { readonly kind: 'switch'; readonly which: SwitchName }
  | { readonly kind: 'phone'; readonly name: string }
  /** A line's own name: what the key with the line's lamp dials. */
  | { readonly kind: 'line'; readonly name: string }
  /** Somebody outside, through this line if it may be. */
  | { readonly kind: 'outside'; readonly number: string; readonly line?: string }
  | { readonly kind: 'nothing' }

/** The codes of the switches; without one, no phone may turn that switch. */
export type SwitchCodes = { readonly [Name in SwitchName]: string | undefined }

/** The switch that has this code. */
export const switchOf = (codes: SwitchCodes, user: string): SwitchName | undefined =>
  (['machine', 'do-not-disturb'] as const).find((which) => codes[which] === user)

export interface DialPlan {
  readonly listenCode: string
  readonly pickUpCode: string
  readonly menuCode: string
  readonly switchCodes: SwitchCodes
  readonly isPhone: (name: string) => boolean
  /** The name of the line with this name or number. */
  readonly lineNamed: (user: string) => string | undefined
}

/** Longest number after E.164 with an international prefix. */
const NUMBER = /^\+?[0-9]{2,20}$/

/** What the page dials, which knows the calls by their ids. No phone or line is called so: a name has no `~`. */
const THIS_CALL = /^(pick-up|listen)~([\w-]+)$/

/** What the page dials to call somebody back, who called this line. */
const CALL_BACK = /^out~([^~]+)~(.+)$/

/**
 * Reads what a phone has dialled: a feature code, alone or (but for a switch) with a line behind it (`*8home`), one call (`pick-up~ID`), a
 * phone of the house, a line, or a number outside, which may be asked for through a line (`out~home~NUMBER`).
 */
export function readDialled(user: string | undefined, plan: DialPlan): Dialled {
  if (user === undefined) return { kind: 'nothing' }
  const [, act, callId] = THIS_CALL.exec(user) ?? []
  if (callId !== undefined) return { kind: act === 'listen' ? 'listen-to-this' : 'pick-up-this', callId }
  const [, through, back] = CALL_BACK.exec(user) ?? []
  if (through !== undefined && back !== undefined) return outside(back, through)
  const which = switchOf(plan.switchCodes, user)
  if (which !== undefined) return { kind: 'switch', which }
  // The longer code first, should one begin with the other.
  const codes = [
    ['pick-up', plan.pickUpCode],
    ['listen', plan.listenCode],
    ['menu', plan.menuCode],
  ] as const
  for (const [kind, code] of codes.toSorted(([, a], [, b]) => b.length - a.length)) {
    if (!user.startsWith(code)) continue
    const rest = user.slice(code.length)
    if (rest === '') return { kind }
    const line = plan.lineNamed(rest)
    if (line !== undefined) return { kind, line }
  }
  if (plan.isPhone(user)) return { kind: 'phone', name: user }
  const line = plan.lineNamed(user)
  if (line !== undefined) return { kind: 'line', name: line }
  return outside(user)
}

function outside(written: string, line?: string): Dialled {
  const number = written.replace(/[-.() ]/g, '')
  if (!NUMBER.test(number)) return { kind: 'nothing' }
  return line === undefined ? { kind: 'outside', number } : { kind: 'outside', number, line }
}
