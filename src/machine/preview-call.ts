import type { Plan } from '../call/plan.ts'
import { spamHints } from '../caller/identity/spam-hints.ts'
import { greetingAt } from '../mailbox/schedule/greeting-at.ts'
import type { CallFacts } from '../rules/call-facts.ts'
import type { CallerFacts } from '../rules/caller-facts.ts'
import { type Decision, decide, type Judged, judge } from '../rules/decide.ts'
import { type OwnerPlan, planOwnersSide } from '../rules/owner-plan.ts'
import type { Rule } from '../rules/rule.ts'
import { toE164 } from '../shared/telephone-number.ts'
import type { Line, Mailbox } from '../store/model.ts'
import { planCall } from './plan-call.ts'
import type { ArrivingCall, RuleBook } from './rule-book.ts'

/** A call that somebody wonders about. */
export interface Wondered {
  /** As the line would write it; null: it is withheld. */
  readonly number: string | null
  readonly name: string | null
  readonly signature: 'A' | 'B' | 'C' | 'wrong' | null
  readonly suspected: boolean
  /** From which number it was sent on; null: it was not. */
  readonly divertedFrom: string | null
}

/** What would become of a call, and why. */
export interface Preview {
  readonly facts: CallFacts
  readonly decision: Decision
  /** How each rule looks at it, those behind the one that decides too. */
  readonly judged: readonly (Judged & { readonly rule: Rule })[]
  /** `greeting`: its id, or '' for the one that ships with the project. */
  readonly plan: Plan
  readonly ours: OwnerPlan
}

/** What is supposed, beside the call. */
export interface Supposed {
  /** In place of those of the book. */
  readonly rules?: readonly Rule[] | undefined
  /** New messages wait. */
  readonly messagesWait?: boolean
}

/** What a network says in Call-Info of a call that it takes for spam. */
const RATED_SPAM = '<sip:network>;spam=100'

/** What the line would say of such a caller. */
export function wonderedCaller(
  { number, name, signature, suspected, divertedFrom }: Wondered,
  line: Pick<Line, 'country' | 'areaCode'>,
): CallerFacts {
  const e164 = (text: string | null) => (text === null ? null : toE164(text, line))
  return {
    number,
    e164: e164(number),
    name,
    withheldBy: number === null ? 'caller' : null,
    source: number === null ? null : 'from',
    divertedFrom:
      divertedFrom === null ? [] : [{ number: divertedFrom, e164: e164(divertedFrom), reason: null }],
    attestation: signature && {
      verdict: signature === 'wrong' ? 'failed' : 'passed',
      level: signature === 'wrong' ? null : signature,
      by: 'signature',
    },
    spamHints: spamHints(name, suspected ? [RATED_SPAM] : []),
  }
}

/**
 * What would become of this call: decided and planned by the very functions that a call goes through.
 *
 * @param supposed what is taken to be so
 */
export function previewCall(
  book: Pick<RuleBook, 'rules' | 'factsOf'>,
  call: ArrivingCall & { readonly line: Line; readonly mailbox: Mailbox },
  isThere: (greetingId: string) => boolean,
  { rules = book.rules, messagesWait = false }: Supposed = {},
): Preview {
  const { line, mailbox, at } = call
  const facts = book.factsOf(call)
  const decision = decide(rules, facts)
  const greetingClip = (_: number, wanted?: string | null) => {
    if (wanted === null || (wanted !== undefined && isThere(wanted))) return wanted ?? ''
    return greetingAt(mailbox, isThere, at).greetingId ?? ''
  }
  return {
    facts,
    decision,
    judged: rules.map((rule) => ({ rule, ...judge(rule, facts) })),
    plan: planCall({ line, mailbox, greetingClip }, call.caller.number, decision.action, {
      // Somebody asks what rules do, not whether the machine is switched off at the moment.
      machineOn: true,
      messagesWait,
      at,
    }),
    ours: planOwnersSide(decision.action),
  }
}
