import { writeNumber } from '../shared/telephone-number.ts'

/** How the owner knows the caller with this number, which may be known in E.164; null: not at all. */
export type NameOf = (number: string | null, e164?: string | null) => string | null

interface Caller {
  readonly callerName: string | null
  readonly callerNumber: string | null
  readonly callerE164: string | null
}

/** The caller under the name that the owner gave him, which goes before the one that he gives himself. */
export const knownCaller = <Someone extends Caller>(caller: Someone, nameOf: NameOf): Someone => ({
  ...caller,
  callerName: nameOf(caller.callerNumber, caller.callerE164) ?? caller.callerName,
})

/** His number as people write it where this line is. */
export const writtenNumber = (
  { callerNumber, callerE164 }: Pick<Caller, 'callerNumber' | 'callerE164'>,
  line: { readonly country: string | null } | undefined,
): string | null => callerNumber && writeNumber(callerNumber, callerE164, line?.country ?? null)
