import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { CallerForgotten } from '../contract.ts'
import { type AuditTools, note } from './audit.ts'
import { type CallerTools, findCaller } from './callers.ts'
import { changeContact } from './contacts.ts'

/**
 * Removes a caller's calls for good, with the names that were said in them, and what was noted of the caller. A contact stays
 * without its note; messages are another matter. Rejects with AP_CALLER_UNKNOWN.
 */
export async function forgetCaller(
  tools: CallerTools & AuditTools & { readonly mailboxes: Pick<Mailboxes, 'forgetCalls'> },
  key: string,
): Promise<CallerForgotten> {
  const { store, mailboxes } = tools
  const caller = await findCaller(tools, key)
  const calls = await mailboxes.forgetCalls(caller.numbers)
  for (const number of caller.numbers) await store.callerNotes.set(number, '')
  const { contact } = caller
  if (contact && contact.note !== '') await changeContact(tools, contact.id, { note: '' })
  // Who it was is not said: the audit would remember what was to be forgotten.
  await note(tools, 'caller-forgotten', { detail: calls === 1 ? '1 call' : `${calls} calls` })
  return { calls }
}
