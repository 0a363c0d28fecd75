/** A message as the menu needs to know it. */
export interface MenuMessage {
  readonly id: string
  readonly callerNumber: string | null
  /** When it was left: ms since the Unix epoch. */
  readonly receivedAt: number
  readonly durationMs: number
}

/** What the menu says, piece by piece; `clips.ts` has the sounds. */
export type Word =
  | { readonly say: 'prompt'; readonly prompt: Prompt }
  | { readonly say: 'number'; readonly number: number }
  /** How many messages there are, before the word for them. */
  | { readonly say: 'count'; readonly number: number }
  /** Digit by digit. */
  | { readonly say: 'digits'; readonly digits: string }
  | { readonly say: 'moment'; readonly at: number }
  /** The sound of a message. */
  | { readonly say: 'message'; readonly message: MenuMessage }
  /** The greeting that callers hear now. */
  | { readonly say: 'greeting' }
  /** The one that was recorded just now. */
  | { readonly say: 'new-greeting' }

/** Prompts that the menu says, by the names of their files (scripts/make-prompts.sh). */
export const MENU_PROMPTS = [
  'you-have',
  'no',
  'and',
  'new-message',
  'new-messages',
  'saved-message',
  'saved-messages',
  'choose-new',
  'choose-saved',
  'choose-live',
  'choose-greeting',
  'choose-end',
  'message',
  'from',
  'from-unknown',
  'choose-message',
  'choose-call-back',
  'choose-next',
  'saved',
  'deleted',
  'restored',
  'no-more',
  'choose-recorded-greeting',
  'speak-after-beep',
  'choose-use',
  'greeting-in-use',
  'nothing-heard',
  'not-possible',
  'wrong-key',
  'calling',
  'nobody-answers',
  'choose-pick-up',
  'call-over',
  'goodbye',
] as const
export type Prompt = (typeof MENU_PROMPTS)[number]

export const prompt = (name: Prompt): Word => ({ say: 'prompt', prompt: name })
