import type { LadderParty } from '../../../src/api/contract.ts'
import { formatNumber } from '../format/phone-number.ts'
import { ladderWords } from './words/ladder-words.ts'

/** A column's name: a number as it is read, a phone by its own name. */
export function partyName({ kind, name }: Pick<LadderParty, 'kind' | 'name'>): string {
  if (kind === 'machine') return ladderWords.value.machine
  if (name === null) return ladderWords.value.caller
  return kind === 'caller' ? formatNumber(name) : name
}
