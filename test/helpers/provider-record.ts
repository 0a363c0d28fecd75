/**
 * How a provider or telephone system behaves toward a line, as far as somebody has published it. Each `said` names what was
 * read, and where; what is not said there is as most do it.
 */
export interface ProviderRecord {
  /** The preset that it is of. */
  readonly preset: string
  /** Where more than one way was seen, which. */
  readonly variant?: string
  readonly said: readonly (readonly [what: string, where: string])[]
  readonly signalling: string
  /** What its owner types in as the registrar, where it is not what the preset says. */
  readonly server?: string
  /** Where its sound comes from, if from elsewhere. */
  readonly media?: string
  readonly account: { readonly user: string; readonly authUser?: string } | null
  readonly registrar?: RegistrarRecord
  /** Asks how we are, so often. */
  readonly optionsEverySeconds?: number
  readonly invite: InviteRecord
  /** Who an outside caller is to the owner. */
  readonly caller: { readonly number: string; readonly name: string | null }
  /** How the session is refreshed by it, and after what time; it asks for twice that. */
  readonly refresh: { readonly by: 'UPDATE' | 'INVITE'; readonly afterSeconds: number } | null
  /** A caller in the house: how From writes it, and who that is to the owner. */
  readonly internal?: { readonly from: string; readonly number: string }
}

export interface RegistrarRecord {
  readonly challenge: {
    readonly status: 401 | 407
    readonly realm: string
    readonly parameters: string
  }
  /** What it answers to who asks for less (423). */
  readonly leastSeconds?: number
  /** What it gives, whatever is asked for. */
  readonly givesSeconds?: number
  /** Whether the expiry stands at the Contact or in Expires. */
  readonly tellsBy: 'contact' | 'expires'
  /** So long it takes for each answer. */
  readonly slowMs?: number
  /** Tells of messages at itself, unasked, once we are registered. */
  readonly notifies?: boolean
}

export interface InviteRecord {
  /** Of the Request-URI; the Contact that we have registered, unless given. */
  readonly user?: string
  /** What its Via calls it; its address, unless given. */
  readonly sentBy?: string
  /** Of the servers behind it, below its own Via. */
  readonly vias?: readonly string[]
  readonly from: string
  readonly to: string
  readonly contact: string
  /** Further lines: Record-Route, P-Asserted-Identity, Supported … */
  readonly headers: readonly string[]
  /** After the `c=` line, with PORT for the port. */
  readonly sdp: readonly string[]
}
