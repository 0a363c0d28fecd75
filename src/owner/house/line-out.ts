/** What of a line says whether it lets a phone out. */
export interface LineOut {
  readonly name: string
  readonly mailboxId: string
  /** SIP URI of its gateway; null: there is none. */
  readonly callBack: string | null
  /** Null: it has no account. */
  readonly account: object | null
  /** Who may call out by its account; null: nobody. With a gateway, who of those that its mailbox has. */
  readonly callOut: CallOut | null
}

/** Who may call out through a line, and how much. Calls cost money, and a stolen password is to cost little of it. */
export interface CallOut {
  /** By name; null: all that its mailbox has. */
  readonly phones: readonly string[] | null
  readonly atOnce: number
  readonly perHour: number
}

/** What holds for a gateway of which nothing else was said. */
const USUAL: CallOut = { phones: null, atOnce: 4, perHour: 30 }

export const limitsOf = ({ callOut }: Pick<LineOut, 'callOut'>): CallOut => callOut ?? USUAL

/**
 * The lines through which this phone may call out, in the order in which to try them: the one that is asked for, then the
 * others. None, unless somebody has said so of one: no toll fraud by default. Pure.
 */
export function linesOut<Line extends LineOut>(
  lines: readonly Line[],
  phone: { readonly name: string; readonly mailboxIds: readonly string[] },
  wanted: string | undefined,
): readonly Line[] {
  const open = lines.filter((line) => {
    const { phones } = limitsOf(line)
    return (
      letsOut(line) &&
      phone.mailboxIds.includes(line.mailboxId) &&
      (phones === null || phones.includes(phone.name))
    )
  })
  return [...open.filter(({ name }) => name === wanted), ...open.filter(({ name }) => name !== wanted)]
}

/** A gateway is named for nothing else; an account is there to be called, and calls out by it are a wish of their own. */
const letsOut = ({ callBack, account, callOut }: LineOut) =>
  callBack !== null || (account !== null && callOut !== null)
