/** What the benchmark tells the process with the media engine, and what that tells it. */
export type ListenersOrder =
  /** A caller, and who listens to it from now on. */
  | {
      readonly kind: 'open'
      readonly callerPort: number
      readonly listenerPorts: readonly number[]
      readonly browsers: boolean
    }
  | { readonly kind: 'start' }
  | { readonly kind: 'read' }

export type ListenersReport =
  | { readonly kind: 'opened'; readonly callerPort: number; readonly listenerPorts: readonly number[] }
  | { readonly kind: 'started' }
  | { readonly kind: 'measured'; readonly cpuMs: number; readonly wallMs: number }
