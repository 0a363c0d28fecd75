/** What page and service worker call the things between them. */

/** The cache with what the owner last saw and heard. */
export const KEPT_CACHE = 'answerphone-kept'

/** On an answer that was kept: when the machine gave it (ISO 8601). */
export const KEPT_AT = 'x-kept-at'

/** What the page asks of the worker. */
export type AskWorker =
  /** Forget all that belongs to who was logged in. */
  | 'forget'
  /** The new version may take over from the one that runs. */
  | 'take-over'

/** What a touched notification has the page do: in a message, or as the address of a new page (`#/pick-up/ID`). */
export interface NotificationOrder {
  readonly act: 'pick-up' | 'play' | 'show'
  /** Of the call that is to be picked up, else of the message. */
  readonly id: string
}
