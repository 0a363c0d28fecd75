import type { ContactOf } from '../../machine/contact-finder.ts'
import type { LiveCall } from '../../machine/machine.ts'
import type { Call, CallDetails, CallGate } from '../../store/model.ts'
import type {
  CallDetails as CallDetailsView,
  CallGate as CallGateView,
  LiveCall as LiveCallView,
  LiveWords,
  PastCall,
} from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'
import type { Names } from './names.ts'

/** A call going on, as the API shows it. */
export function showLiveCall(
  call: LiveCall,
  names: Names,
  contactOf: ContactOf,
  words: LiveWords | null = null,
): LiveCallView {
  return {
    id: call.id,
    line: call.lineName,
    mailbox: names.mailbox(call.mailboxId),
    callerNumber: call.callerNumber,
    callerE164: call.callerE164,
    callerDisplay: call.callerDisplay,
    callerName: call.callerName,
    attestation: call.attestation,
    contact: contactOf(call.callerNumber, call.callerE164),
    rule: call.rule && { ...call.rule },
    junk: call.junk,
    gate: showGate(call.gate),
    arrivedAt: iso(call.arrivedAt),
    phase: call.phase,
    ringsSince: isoOrNull(call.ringsSince),
    answersAt: isoOrNull(call.answersAt),
    answeredAt: isoOrNull(call.answeredAt),
    recordingSince: isoOrNull(call.recordingSince),
    ringing: [...call.ringing],
    listeners: call.listeners.map(({ phone, since }) => ({ phone, since: iso(since) })),
    pickedUpBy: call.pickedUpBy,
    recording: call.recording,
    encrypted: call.encrypted,
    words,
  }
}

/** A call in the list of past ones. */
export function showPastCall(call: Call, names: Names, contactOf: ContactOf): PastCall {
  return {
    id: call.id,
    line: names.line(call.lineId),
    callerNumber: call.callerNumber,
    callerE164: call.callerE164,
    callerDisplay: names.callerDisplay(call),
    callerName: call.callerName,
    attestation: call.attestation,
    contact: contactOf(call.callerNumber, call.callerE164),
    rule: call.ruleId === null ? null : { id: call.ruleId, name: call.ruleName ?? call.ruleId },
    arrivedAt: iso(call.arrivedAt),
    answeredAt: isoOrNull(call.answeredAt),
    endedAt: isoOrNull(call.endedAt),
    outcome: call.outcome,
    messageId: call.messageId,
    encrypted: call.encrypted,
    gate: showGate(call.gate),
  }
}

function showGate(gate: CallGate | null): CallGateView | null {
  if (!gate) return null
  const { kind, went, name } = gate
  return { kind, went, name: name && { durationMs: name.durationMs, words: name.words } }
}

/** A call with all that its line said of the caller. */
export function showCallDetails(call: CallDetails, names: Names, contactOf: ContactOf): CallDetailsView {
  return { ...showPastCall(call, names, contactOf), said: call.said.map((header) => ({ ...header })) }
}
