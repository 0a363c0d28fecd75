/** What the benchmark tells the process with the media engine, and what that tells it. */
export type BridgeOrder =
  /** A session for a caller and one for each phone beside it, all silent. */
  | { readonly kind: 'open'; readonly callerPort: number; readonly phonePorts: readonly number[] }
  /** All phones of all calls hear their callers. */
  | { readonly kind: 'listen' }
  /** The first phone of a call (or of all) is heard by the caller, or not any more. */
  | { readonly kind: 'talk'; readonly call?: number; readonly on: boolean }
  | { readonly kind: 'close' }

export type BridgeReport =
  | { readonly kind: 'opened'; readonly callerPort: number; readonly phonePorts: readonly number[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'closed' }
