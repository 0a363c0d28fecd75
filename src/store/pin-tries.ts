/** How often wrong PINs were typed for a mailbox. */
export interface PinTries {
  readonly mailboxId: string
  /** Of which PIN: for a new one all begins anew. */
  readonly pinHash: string
  readonly tries: number
  /** When the last of them was typed. */
  readonly triedAt: number
}

export interface PinTriesStore {
  list(): Promise<readonly PinTries[]>
  /** One for each mailbox; that of a mailbox which has just been removed is dropped. */
  put(tries: PinTries): Promise<void>
  remove(mailboxId: string): Promise<void>
}
