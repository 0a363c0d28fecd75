/** What takes bytes from the network, and may neither throw, hang, nor keep what it was given. */
export interface Target {
  readonly name: string
  /** Good and bad examples that mutations start from. */
  readonly seeds: readonly Buffer[]
  /** How inputs are damaged: as text with headers and parameters, or as bytes with flags and lengths. */
  readonly shape: 'text' | 'bytes'
  /** Sets it up anew. */
  open(): Promise<Subject>
}

export interface Subject {
  /** Takes an input; what it throws is a finding. */
  take(input: Buffer): void
  /** Lets time pass after a batch, and checks that it is still of use; what it throws is a finding. */
  check?(): Promise<void>
  /** The end of it: nothing of all that it took may be left; what it throws is a finding. */
  close?(): Promise<void>
}

/** @throws what does not hold */
export function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(what)
}
