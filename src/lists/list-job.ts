import type { HookReach } from '../notify/http/reach.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { ListKind, ListMarker, ListProblem } from '../store/number-list.ts'
import type { ListOrder, SourceTools } from './list-source.ts'
import { sizeOf } from './number-set.ts'
import { packNumbers, unpackNumbers } from './pack-numbers.ts'
import { listSources } from './sources/all.ts'

/** A list to be read, as it can be sent to a thread. */
export type ListJob = Omit<ListOrder, 'before'> & {
  readonly kind: ListKind
  readonly reach: HookReach
  readonly before: { readonly packed: Uint8Array; readonly marker: ListMarker } | null
}

/** What came of it; `packed` is null where the numbers are the same as before. */
export type ListOutcome =
  | {
      readonly kind: 'read'
      readonly packed: Uint8Array | null
      readonly count: number
      readonly skipped: number
      readonly marker: ListMarker
    }
  | { readonly kind: 'failed'; readonly problem: ListProblem }

/** Reads a list. It never rejects. */
export async function carryOut(
  { kind, reach, before, ...order }: ListJob,
  tools: Omit<SourceTools, 'reach'>,
  sources = listSources,
): Promise<ListOutcome> {
  const source = sources.find((one) => one.kind === kind)
  const known = before && { numbers: unpackNumbers(before.packed), marker: before.marker }
  try {
    if (!source) throw new Error(`there is no source ${kind}`)
    const { numbers, skipped, marker } = await source.read({ ...order, before: known }, { ...tools, reach })
    if (!numbers) return { kind: 'read', packed: null, count: 0, skipped, marker }
    return { kind: 'read', packed: packNumbers(numbers), count: sizeOf(numbers), skipped, marker }
  } catch (error) {
    if (error instanceof AnswerphoneError)
      return { kind: 'failed', problem: { code: error.code, details: error.details } }
    return { kind: 'failed', problem: { code: 'AP_LIST_UNREACHABLE', details: { why: `${error}` } } }
  }
}
