/** What of a line says whether it lets a phone out. */
interface LineOut {
  readonly name: string
  readonly mailboxId: string
  /** SIP URI of its gateway; null: nobody may. */
  readonly callBack: string | null
}

/**
 * The line through which a phone with these mailboxes calls out: the one that is asked for if it may, else the first
 * that it may use. Undefined when there is none: no toll fraud by default. Pure.
 */
export function lineOut<Line extends LineOut>(
  lines: readonly Line[],
  mailboxIds: readonly string[],
  wanted: string | undefined,
): Line | undefined {
  const open = lines.filter(({ callBack, mailboxId }) => callBack !== null && mailboxIds.includes(mailboxId))
  return open.find(({ name }) => name === wanted) ?? open[0]
}
