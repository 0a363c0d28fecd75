import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import type { LineBook } from './line-book.ts'

/** Reads the lines now, and again whenever what they are made of changes. Returns what ends it. */
export async function followLines(options: {
  readonly store: Pick<Store, 'onChange'>
  readonly lines: Pick<LineBook, 'reload'>
  readonly onRead: () => void
  readonly log: Log
}): Promise<() => void> {
  const { store, lines, onRead, log } = options
  const read = () =>
    lines
      .reload()
      .then(onRead)
      .catch((error) => log.error({ err: error }, 'the lines can not be read; the last known ones stay'))
  const stop = store.onChange((tables) => {
    if (tables.size === 0 || ['lines', 'mailboxes', 'greetings', 'rules'].some((table) => tables.has(table)))
      void read()
  })
  // Between the first reading and this nobody would have heard of a change.
  await read()
  return stop
}
