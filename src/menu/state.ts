import type { MenuMessage, Word } from './words.ts'

/** What whoever is in the menu may do besides listening. */
export interface MenuRights {
  /** It is one mailbox, whose greeting may be recorded. */
  readonly greeting: boolean
  readonly callBack: boolean
}

/**
 * Where the menu stands.
 *
 *     reading ─▶ main ─▶ message ─▶ (next …) ─▶ reading
 *                  ├──▶ greeting ─▶ recording ─▶ judging ─▶ greeting
 *                  └──▶ joining ─▶ screening ─▶ talking ─▶ reading
 */
export type MenuState = Common &
  (
    | { readonly at: 'new' }
    /** The mailbox is being read; `first`: what is said before what is in it. */
    | { readonly at: 'reading'; readonly first: readonly Word[] }
    | ({ readonly at: 'main' } & Lists)
    | ({ readonly at: 'message' } & Listening)
    | ({ readonly at: 'calling' } & Listening)
    | { readonly at: 'greeting' | 'recording' | 'judging' | 'adopting' }
    /** The call that goes on: it is about to be heard, is heard, is picked up. */
    | { readonly at: 'joining' | 'screening' | 'talking' }
    /** A last word is said. */
    | { readonly at: 'leaving' }
    | { readonly at: 'over' }
  )

export interface Common {
  readonly rights: MenuRights
  /** A call goes on that could be heard. */
  readonly live: boolean
  /** How often in a row nobody pressed a key. */
  readonly unanswered: number
}

export interface Lists {
  readonly fresh: readonly MenuMessage[]
  readonly saved: readonly MenuMessage[]
}

export interface Listening {
  readonly list: readonly MenuMessage[]
  readonly index: number
  /** `sound`: the message is being said; `choices`: it has been heard to its end. */
  readonly part: 'sound' | 'choices'
  /** Of the list; the last of them may be undone. */
  readonly deleted: readonly string[]
}

/** The menu as it stands there. */
export type At<Name extends MenuState['at']> = Extract<MenuState, { at: Name }>
