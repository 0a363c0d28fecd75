import type { Action } from './rule.ts'

/** What of a decision stays behind the one-way glass: no caller gets anything of it. */
export interface OwnerPlan {
  /** The phones that may ring and play aloud, by id; null: those of the mailbox. */
  readonly phones: readonly string[] | null
  /** Phones show it before the caller's name. */
  readonly label: string | null
  /** Its message lights no lamp and is told to nobody. */
  readonly junk: boolean
}

export function planOwnersSide(action: Action): OwnerPlan {
  const { phones = null, label = null, junk = false } = action.kind === 'take' ? action : {}
  return { phones, label, junk }
}
