/** How things stand, as a broker is told. */
export interface HouseState {
  readonly machineOn: boolean
  readonly doNotDisturb: boolean
  /** How many new messages each mailbox has. */
  readonly mailboxes: readonly {
    readonly id: string
    readonly name: string
    readonly newMessages: number
    /** How much of its quota is used; null: it has none. */
    readonly filledPercent: number | null
  }[]
  readonly isRinging: boolean
  readonly isRecording: boolean
  /** Who called last, as the owner knows him; empty: nobody yet. */
  readonly lastCaller: string
  /** Lines that register. */
  readonly lines: readonly { readonly id: string; readonly name: string; readonly isRegistered: boolean }[]
}

/** What a broker may have the house do. */
export type Command = { readonly machineOn: boolean } | { readonly doNotDisturb: boolean }
