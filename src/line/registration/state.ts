/** Where a registration is. */
export type RegistrationState =
  | { readonly kind: 'new' }
  /** The registrar's name is being looked up. */
  | (Trying & { readonly kind: 'locating' })
  /** A REGISTER is under way to one of the places. */
  | (Trying & {
      readonly kind: 'asking'
      readonly place: number
      readonly places: number
      /** The longest that a place of this round wants to be left alone. */
      readonly restMs: number
      /** It has wanted a longer time once. */
      readonly isLonger: boolean
    })
  | (Trying & { readonly kind: 'registered'; readonly place: number; readonly places: number })
  /** Nobody took us: it is tried again when the timer rings. */
  | (Trying & { readonly kind: 'waiting' })
  | { readonly kind: 'over' }

interface Trying {
  /** What is asked for; a registrar may have wanted more than we did. */
  readonly expirySeconds: number
  /** Rounds in a row in which nobody could take us, or did not keep us until the first renewal. */
  readonly failures: number
  /** Refusals in a row. */
  readonly refusals: number
}
