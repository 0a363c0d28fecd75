/** What the doctor found out about one thing. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail'
  readonly what: string
  /** What to do about it. */
  readonly advice?: string
}

export const ok = (what: string): Finding => ({ level: 'ok', what })
export const warn = (what: string, advice: string): Finding => ({ level: 'warn', what, advice })
export const fail = (what: string, advice: string): Finding => ({ level: 'fail', what, advice })
