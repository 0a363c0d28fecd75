/** Our account or trunk at a provider. */
export interface Line {
  readonly id: string
  /** What callers and commands call it: the user part of its SIP address. Unique, [A-Za-z0-9._-]{1,64}. */
  readonly name: string
  /** Its telephone number as the provider writes it in the Request-URI, if any. Unique. */
  readonly number: string | null
  /** CIDR blocks from which calls for this line are taken; an address alone is a block of one. */
  readonly trunk: readonly string[]
  readonly mailboxId: string
  /** Ring time before the machine answers, in seconds; 0 answers at once. */
  readonly ringSeconds: number
  /** The same while new messages wait, where that is less; null: it rings as ever, and tells nobody. */
  readonly tollSaverSeconds: number | null
  /** SIP URI with a numeric host through which phones may call out; null: by the account, if they may. */
  readonly callBack: string | null
  /** Who may call out through it, and how much. Null: by its account nobody, by `callBack` all phones of its mailbox. */
  readonly callOut: CallOut | null
  /** The account with which the machine registers for this line; null: calls come from the trunk unasked. */
  readonly account: Account | null
  readonly srtp: SrtpUse
  /** What becomes of internal calls. */
  readonly internal: InternalUse
  /** So many digits the number of an internal caller has at most; 0: no caller is internal. */
  readonly internalDigits: number
  /** Where it is: ISO 3166-1 alpha-2, upper case; null: not known, and numbers are compared as they are written. */
  readonly country: string | null
  /** What local numbers from this line lack, in digits; null: nothing is put before them. */
  readonly areaCode: string | null
  /** What its provider says of a number (`verstat`) is believed. */
  readonly trustVerstat: boolean
}

/** Calls out cost money: who may make them, and limits for whoever has stolen a phone's password. */
export interface CallOut {
  /** By name; null: all phones of the line's mailbox. */
  readonly phones: readonly string[] | null
  readonly atOnce: number
  readonly perHour: number
}

/**
 * Calls from within the telephone system that a line belongs to. `ring`: phones ring, and the machine never answers;
 * `answer`: as any other call; `ignore`: no phone rings, and the caller is told that nobody is there.
 */
export const INTERNAL_USES = ['ring', 'answer', 'ignore'] as const
export type InternalUse = (typeof INTERNAL_USES)[number]

/**
 * Whether sound is encrypted by keys in the session description (RFC 4568). `offered`: where the other side can and
 * signalling is by TLS; `required`: always, by whatever signalling, or there is no call.
 */
export const SRTP_USES = ['off', 'offered', 'required'] as const
export type SrtpUse = (typeof SRTP_USES)[number]

/** An account at a registrar (RFC 3261 §10), as it would be set up in a phone. */
export interface Account {
  /** The domain of the account: sip:HOST, sip:HOST:PORT, with or without `;transport=udp|tcp|tls`. */
  readonly registrar: string
  /** The user part of the address of record. */
  readonly user: string
  /** The user name for Digest where it is another one than `user`. */
  readonly authUser: string | null
  readonly password: string
  /** Where requests go first, in the form of `registrar`; null: to the registrar itself. */
  readonly outboundProxy: string | null
  /** How long a registration is asked to last, in seconds. */
  readonly expirySeconds: number
}

/** How the registration of a line stands, for whoever looks from another process. */
export interface Registration {
  readonly lineId: string
  /** `registering`: it is on its way for the first time, or after a change; `failing`: it is lost and tried again. */
  readonly state: 'registering' | 'registered' | 'failing'
  /** Since when. */
  readonly since: number
  /** Where it lives: transport, address and port, like `udp 192.0.2.7:5060`; null before the first answer. */
  readonly server: string | null
  /** The address at which it sees us, behind a NAT; null where that is our own, or not known. */
  readonly publicAddress: string | null
  /** Code of the last error and what it was about; null where all is well. */
  readonly problem: { readonly code: string; readonly detail: string } | null
  /** Its owners were told that it is lost since then, and nothing since; null: all that they know is so. */
  readonly toldLostSince: number | null
}
