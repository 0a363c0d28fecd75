/** A binding as it outlives a restart: plain data. One for each phone and contact. */
export interface StoredBinding {
  readonly phone: string
  readonly contact: string
  /** The source of the REGISTER and where it was taken; `transport` as in a Via, in lower case. */
  readonly transport: string
  readonly address: string
  readonly port: number
  readonly localAddress: string
  readonly localPort: number
  readonly path: readonly string[]
  readonly callId: string
  readonly cseq: number
  readonly q: number
  /** Wall time in ms since 1970. */
  readonly expiresAt: number
  readonly instance: string | null
  readonly regId: number | null
  readonly userAgent: string
}

/** Where bindings are kept over a restart. Each may reject; the registrar goes on without. */
export interface BindingStore {
  load(): Promise<readonly StoredBinding[]>
  /** Adds it, or replaces that of the same phone and contact. */
  save(binding: StoredBinding): Promise<void>
  remove(phone: string, contact: string): Promise<void>
}
