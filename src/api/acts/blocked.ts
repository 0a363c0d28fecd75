import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { comparable } from '../../shared/same-number.ts'
import type { BlockedNumber } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { BlockedInput, BlockedNumber as BlockedView } from '../contract.ts'
import { iso } from '../views/instant.ts'
import { type AuditTools, note } from './audit.ts'

/** What the API and the command line do to blocked numbers, alike. */
export type BlockTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'blocked'>
  readonly clock: Pick<Clock, 'now'>
}

/** Blocks a number, written as people do or as providers do; who takes that back must know whether it was blocked before. */
export async function blockNumber(
  tools: BlockTools,
  input: BlockedInput,
): Promise<{ readonly blocked: BlockedNumber; readonly wasBlocked: boolean }> {
  const number = plain(input.number)
  const before = (await tools.store.blocked.list()).find(
    (row) => comparable(row.number) === comparable(number),
  )
  if (before) return { blocked: before, wasBlocked: true }
  const blocked = { number, name: input.name ?? null, at: tools.clock.now(), by: tools.who }
  await tools.store.blocked.add(blocked)
  await note(tools, 'blocked', { detail: number })
  return { blocked, wasBlocked: false }
}

export async function unblockNumber(tools: BlockTools, number: string): Promise<void> {
  if (!(await tools.store.blocked.remove(plain(number))))
    throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'blocked number', id: number })
  await note(tools, 'unblocked', { detail: plain(number) })
}

export function showBlocked(blocked: BlockedNumber): BlockedView {
  return { ...blocked, at: iso(blocked.at) }
}

/** Digits without what people write between them; a SIP name stays as it is. */
function plain(number: string): string {
  const text = number.trim()
  return /^\+?[\d\s()/.-]+$/.test(text) ? text.replace(/[\s()/.-]/g, '') : text
}
