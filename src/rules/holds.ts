import { unreachable } from '../shared/step.ts'
import { isWithin } from '../shared/week-hours.ts'
import type { CallFacts } from './call-facts.ts'
import { fitsNumber } from './number-pattern.ts'
import type { Attested, Condition, DateSpan, Wanted, Who } from './rule.ts'

/** Whether a condition holds of a call. */
export const holds = (condition: Condition, facts: CallFacts): boolean =>
  isSo(condition, facts) !== condition.not

function isSo(wanted: Wanted, facts: CallFacts): boolean {
  const { caller } = facts
  switch (wanted.kind) {
    case 'who':
      return wanted.are.some((who) => isWho(who, facts))
    case 'people':
      return facts.contact !== null && wanted.contacts.includes(facts.contact.id)
    case 'number':
      return wanted.like.some((written) => fitsNumber(written, caller, facts.numbering))
    case 'name': {
      const name = folded(caller.name ?? '')
      return wanted.has.some((part) => name.includes(folded(part)))
    }
    case 'diverted':
      if (wanted.from.length === 0) return caller.divertedFrom.length > 0
      return caller.divertedFrom.some((by) =>
        wanted.from.some((written) => fitsNumber(written, by, facts.numbering)),
      )
    case 'attestation':
      return wanted.is.some((attested) => isAttested(attested, facts))
    case 'suspected':
      return caller.spamHints.length > 0
    case 'listed': {
      const on = facts.listedOn()
      return wanted.lists.length === 0 ? on.length > 0 : on.some((id) => wanted.lists.includes(id))
    }
    case 'line':
      return wanted.lines.includes(facts.lineId)
    case 'hours':
      return wanted.spans.some((span) => isWithin(span, facts.time))
    case 'dates':
      return wanted.spans.some((span) => isOn(span, facts.time.date))
    case 'holiday':
      return facts.holiday(wanted.region) !== undefined
    case 'calls':
      return facts.calls(wanted.minutes) >= wanted.atLeast
    case 'messages':
      return facts.messages(wanted.state) >= wanted.atLeast
    default:
      return unreachable(wanted)
  }
}

function isWho(who: Who, { caller, contact, internal, blocked }: CallFacts): boolean {
  switch (who) {
    case 'favourite':
      return contact?.favourite === true
    case 'contact':
      return contact !== null
    case 'stranger':
      return contact === null
    case 'anonymous':
      return caller.number === null
    case 'internal':
      return internal
    case 'blocked':
      return blocked
    default:
      return unreachable(who)
  }
}

function isAttested(attested: Attested, { caller: { attestation } }: CallFacts): boolean {
  const verdict = attestation?.verdict ?? 'none'
  switch (attested) {
    case 'none':
      return verdict === 'none'
    case 'wrong':
      return verdict === 'failed'
    case 'valid':
      return verdict === 'passed'
    case 'A':
    case 'B':
    case 'C':
      return verdict === 'passed' && attestation?.level === attested
    default:
      return unreachable(attested)
  }
}

/** Those of each year may go past its end. */
function isOn({ from, to }: DateSpan, date: string): boolean {
  if (from.length > 5) return from <= date && date <= to
  const day = date.slice(5)
  return from <= to ? from <= day && day <= to : from <= day || day <= to
}

/** Without case, marks and spaces at the ends. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
