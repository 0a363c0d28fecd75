/** How the owner knows the caller with this number; null: not at all. */
export type NameOf = (number: string | null) => string | null

interface Caller {
  readonly callerName: string | null
  readonly callerNumber: string | null
}

/** The caller under the name that the owner gave him, which goes before the one that he gives himself. */
export const knownCaller = <Someone extends Caller>(caller: Someone, nameOf: NameOf): Someone => ({
  ...caller,
  callerName: nameOf(caller.callerNumber) ?? caller.callerName,
})
