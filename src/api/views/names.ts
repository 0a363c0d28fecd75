import { writeNumber } from '../../shared/telephone-number.ts'
import type { Store } from '../../store/store.ts'

/** What the API shows of lines and mailboxes by their ids. A removed one is shown by its id. */
export interface Names {
  line(id: string): string
  mailbox(id: string): string
  /** A caller's number as people write it where the line is. */
  callerDisplay(caller: Caller): string | null
}

interface Caller {
  readonly lineId: string
  readonly callerNumber: string | null
  readonly callerE164: string | null
}

/** Reads the names now. */
export async function readNames(store: Pick<Store, 'lines' | 'mailboxes'>): Promise<Names> {
  const [lines, mailboxes] = await Promise.all([store.lines.list(), store.mailboxes.list()])
  const lineOf = new Map(lines.map((line) => [line.id, line]))
  const mailboxNames = new Map(mailboxes.map(({ id, name }) => [id, name]))
  return {
    line: (id) => lineOf.get(id)?.name ?? id,
    mailbox: (id) => mailboxNames.get(id) ?? id,
    callerDisplay: ({ lineId, callerNumber, callerE164 }) =>
      callerNumber && writeNumber(callerNumber, callerE164, lineOf.get(lineId)?.country ?? null),
  }
}
