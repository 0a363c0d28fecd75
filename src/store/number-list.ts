/** A list of numbers whose calls are not wanted, which others keep: rules ask whether a caller is on it. */
export interface NumberList {
  readonly id: string
  /** Unique. */
  readonly name: string
  readonly kind: ListKind
  /** Where it is fetched; null: it comes from a file. */
  readonly url: string | null
  /** What lets in there; null: nothing is needed. */
  readonly token: string | null
  /** Of numbers without a country code: ISO 3166-1 alpha-2, upper case; null: the house's. */
  readonly country: string | null
  /** So many have to complain of a number, at services where people do. */
  readonly minVotes: number
  /** How often it is fetched, about. */
  readonly everyHours: number
  readonly createdAt: number

  /** How many numbers are on it, and how many entries were none when it was last read. */
  readonly count: number
  readonly skipped: number
  /** Another one as often as the numbers are others. */
  readonly revision: number
  /** When it was last read, be it the same as before; null: never. */
  readonly readAt: number | null
  /** When it was last tried. */
  readonly triedAt: number | null
  /** When it is fetched next; while it is fetched, when another may do so; null: it is not. */
  readonly nextAt: number | null
  /** How often it could not be fetched since it was last read. */
  readonly failures: number
  /** Code and details of what stood in the way the last time; null: nothing. */
  readonly problem: ListProblem | null
  readonly marker: ListMarker
}

export const LIST_KINDS = ['file', 'url', 'phoneblock'] as const
export type ListKind = (typeof LIST_KINDS)[number]

export interface ListProblem {
  readonly code: string
  readonly details: Readonly<Record<string, string | number>>
}

/** What a server is told of what is known already. */
export interface ListMarker {
  readonly etag?: string
  readonly lastModified?: string
  /** Of PhoneBlock's list, and when all of it was last asked for. */
  readonly version?: number
  readonly fullAt?: number
}

/** What an owner sets; the rest comes of reading it. */
export type ListSettings = Pick<
  NumberList,
  'name' | 'kind' | 'url' | 'token' | 'country' | 'minVotes' | 'everyHours'
>
/** What comes of reading it. */
export type ListState = Omit<NumberList, 'id' | 'createdAt' | keyof ListSettings>

export interface NumberListStore {
  /** In order of name. */
  list(): Promise<readonly NumberList[]>
  /** `key` is an id or a name, here and below. */
  get(key: string): Promise<NumberList | undefined>
  /** Without numbers yet. Rejects with AP_NAME_TAKEN, here and below. */
  add(list: ListSettings & Pick<NumberList, 'createdAt' | 'nextAt'>): Promise<NumberList>
  /** Rejects with AP_NOT_FOUND, here and below. */
  set(key: string, change: Partial<Omit<ListSettings, 'kind'>>): Promise<NumberList>
  /** Says how reading it went, with its numbers as `lists/` packs them where they are others. Does nothing when it is gone. */
  noted(id: string, state: Partial<ListState>, packed?: Uint8Array): Promise<void>
  /** The numbers; undefined: none were read yet, or it is gone. */
  numbers(id: string): Promise<Uint8Array | undefined>
  remove(key: string): Promise<void>
  /** When the next one is due; undefined when none will be. */
  nextAt(): Promise<number | undefined>
  /** Takes one that is due, alone until `leaseEndsAt`: it is due again then, unless `noted` says otherwise. */
  claim(now: number, leaseEndsAt: number): Promise<NumberList | undefined>
}
