import { isDeepStrictEqual } from 'node:util'
import type { AuditAct } from '../../store/audit-entry.ts'
import { type AuditTools, note } from './audit.ts'

/** Fields that are called otherwise outside of the store. */
const NAMES: Readonly<Record<string, string>> = {
  mailboxId: 'mailbox',
  mailboxIds: 'mailboxes',
  greetingId: 'greeting',
}

/**
 * Writes down which fields of a thing are other than before, by their names alone: secrets are among them. Nothing where
 * none is.
 *
 * @param thing as people call it
 */
export async function noteChange(
  tools: AuditTools,
  act: AuditAct,
  thing: string,
  { before, after }: { readonly before: object; readonly after: object },
): Promise<void> {
  const fields = changedFields(before, after)
  if (fields.length > 0) await note(tools, act, { detail: `${thing}: ${fields.join(', ')}` })
}

/** Like `name` and `account.password`; of objects that are there before and after theirs. */
export function changedFields(before: object, after: object, above = ''): string[] {
  const [old, now] = [before, after] as [Fields, Fields]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => {
    const [was, is] = [old[key] ?? null, now[key] ?? null]
    if (isDeepStrictEqual(was, is)) return []
    const path = `${above}${NAMES[key] ?? key}`
    return isFields(was) && isFields(is) ? changedFields(was, is, `${path}.`) : [path]
  })
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
