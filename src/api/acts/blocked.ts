import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { keyedNumber, shareKey } from '../../shared/number-keys.ts'
import { toE164 } from '../../shared/telephone-number.ts'
import { readHouseCountry } from '../../store/house-country.ts'
import type { BlockedNumber } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { BlockedInput, BlockedNumber as BlockedView } from '../contract.ts'
import { iso } from '../views/instant.ts'
import { type AuditTools, note } from './audit.ts'

/** What the API and the command line do to blocked numbers, alike. */
export type BlockTools = AuditTools & {
  readonly store: Pick<Store, 'audit' | 'blocked' | 'settings' | 'lines'>
  readonly clock: Pick<Clock, 'now'>
}

/** Blocks a number, in E.164 where the house's country tells it, whoever has written it how; who takes that back must know whether it was blocked before. */
export async function blockNumber(
  tools: BlockTools,
  input: BlockedInput,
): Promise<{ readonly blocked: BlockedNumber; readonly wasBlocked: boolean }> {
  const [before] = await rowsOf(tools, input.number)
  if (before) return { blocked: before, wasBlocked: true }
  const { country } = await readHouseCountry(tools.store)
  const number = toE164(input.number.trim(), { country, areaCode: null }) ?? plain(input.number)
  const blocked = { number, name: input.name ?? null, at: tools.clock.now(), by: tools.who }
  await tools.store.blocked.add(blocked)
  await note(tools, 'blocked', { detail: number })
  return { blocked, wasBlocked: false }
}

export async function unblockNumber(tools: BlockTools, number: string): Promise<void> {
  const rows = await rowsOf(tools, number)
  if (rows.length === 0) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'blocked number', id: number })
  for (const row of rows) await tools.store.blocked.remove(row.number)
  await note(tools, 'unblocked', { detail: rows.map((row) => row.number).join(', ') })
}

/** The rows that block this number, however they are written: before there was a country, one may have become two. */
async function rowsOf({ store }: Pick<BlockTools, 'store'>, number: string): Promise<BlockedNumber[]> {
  const [rows, { country }] = await Promise.all([store.blocked.list(), readHouseCountry(store)])
  const wanted = keyedNumber(plain(number), country)
  return rows.filter((row) => shareKey(keyedNumber(row.number, country), wanted))
}

export function showBlocked(blocked: BlockedNumber): BlockedView {
  return { ...blocked, at: iso(blocked.at) }
}

/** Digits without what people write between them; a SIP name stays as it is. */
function plain(number: string): string {
  const text = number.trim()
  return /^\+?[\d\s()/.-]+$/.test(text) ? text.replace(/[\s()/.-]/g, '') : text
}
