import type { CallDetails, Message } from '../model.ts'
import type { Store } from '../store.ts'

export const NOON = Date.UTC(2026, 0, 5, 12, 0, 0)

/** A mailbox and a line to hang rows on. */
export async function homeOf(store: Store) {
  const mailbox = await store.mailboxes.add({
    name: 'home',
    greetingId: null,
    longestSeconds: 180,
    shortestSeconds: 2,
    silenceSeconds: 0,
    afterPickUp: 'keep',
  })
  const line = await store.lines.add({
    name: 'home',
    number: null,
    trunk: ['127.0.0.0/8', '::1/128'],
    mailboxId: mailbox.id,
    ringSeconds: 18,
    callBack: null,
  })
  return { mailbox, line }
}

export function messageRow(mailboxId: string, id: string, change: Partial<Message> = {}): Message {
  return {
    id,
    callId: `call-${id}`,
    mailboxId,
    lineId: 'line',
    callerNumber: '+49301234567',
    callerE164: null,
    callerName: 'Jürgen Groß',
    receivedAt: NOON,
    durationMs: 4200,
    state: 'new',
    stateBeforeTrash: null,
    trashedAt: null,
    heardAt: null,
    cutOff: false,
    file: `${id}.wav`,
    note: '',
    pickedUp: null,
    kind: 'message',
    forwardedBy: null,
    junkReason: null,
    ...change,
  }
}

export function callRow(id: string, change: Partial<CallDetails> = {}): CallDetails {
  return {
    id,
    lineId: 'line',
    callerNumber: '+49301234567',
    callerE164: null,
    callerName: null,
    arrivedAt: NOON,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    messageId: null,
    attestation: null,
    said: [],
    ruleId: null,
    ruleName: null,
    encrypted: null,
    gate: null,
    ...change,
  }
}
