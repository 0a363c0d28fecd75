import type { Retired } from '../mailbox/mailbox.ts'

/** What the machine will do to old messages, in a sentence. */
export function tellRetired({ trashed, purged }: Retired): string {
  const parts = [
    ...(trashed > 0 ? [`${messages(trashed)} to the trash`] : []),
    ...(purged > 0 ? [`${messages(purged)} in the trash for good`] : []),
  ]
  if (parts.length === 0) return 'No message is that old now.'
  return `Within six hours this takes ${parts.join(', and ')}.`
}

const messages = (count: number) => (count === 1 ? '1 message' : `${count} messages`)
