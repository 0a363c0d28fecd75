import type { Store } from '../../store/store.ts'

/** The names of lines and mailboxes by their ids, as the API shows them. A removed one is shown by its id. */
export interface Names {
  line(id: string): string
  mailbox(id: string): string
}

/** Reads the names now. */
export async function readNames(store: Pick<Store, 'lines' | 'mailboxes'>): Promise<Names> {
  const [lines, mailboxes] = await Promise.all([store.lines.list(), store.mailboxes.list()])
  const lineNames = new Map(lines.map(({ id, name }) => [id, name]))
  const mailboxNames = new Map(mailboxes.map(({ id, name }) => [id, name]))
  return {
    line: (id) => lineNames.get(id) ?? id,
    mailbox: (id) => mailboxNames.get(id) ?? id,
  }
}
