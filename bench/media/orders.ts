/** What the benchmark tells its processes, and what they tell it. */
export type LoadOrder =
  | { readonly kind: 'open'; readonly first: number; readonly calls: number }
  | { readonly kind: 'start'; readonly ports: readonly number[]; readonly frames: number }
  | { readonly kind: 'stop' }

export type LoadReport =
  | { readonly kind: 'opened'; readonly ports: readonly number[] }
  | { readonly kind: 'all-sent' }
  | { readonly kind: 'stopped'; readonly sent: number; readonly received: number; readonly gaps: number }

export type SubjectOrder =
  | { readonly kind: 'open'; readonly callerPorts: readonly number[] }
  | { readonly kind: 'measure' }
  | { readonly kind: 'read' }
  | { readonly kind: 'finish' }

export type SubjectReport =
  | { readonly kind: 'opened'; readonly ports: readonly number[] }
  | { readonly kind: 'measuring' }
  /** CPU time of all threads since `measure`. */
  | { readonly kind: 'measured'; readonly cpuMs: number; readonly wallMs: number }
  | {
      readonly kind: 'finished'
      readonly received: number
      readonly lost: number
      readonly cpuMs: number
      readonly files: readonly string[]
    }
