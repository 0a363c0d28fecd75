import type { Resource } from '../owner/lamps/lamps.ts'
import type { Phone } from '../owner/phone.ts'
import type { HouseLine } from '../owner/switchboard.ts'
import type { Store } from '../store/store.ts'

/** What phones may watch, by the user part of its address. */
export interface ResourceFinder {
  /** The phone's own name, one of its mailboxes, or a line with such a mailbox; undefined for everything else. */
  find(phone: Phone, user: string): Resource | undefined
  /** Reads the mailboxes again. */
  reload(): Promise<void>
}

/** Rejects with AP_STORE_* when the store can't be read. */
export async function resourceFinder(
  store: Pick<Store, 'mailboxes'>,
  lines: () => readonly HouseLine[],
): Promise<ResourceFinder> {
  let mailboxIds = new Map<string, string>()
  const finder: ResourceFinder = {
    find({ name, mailboxIds: own }, user) {
      if (user === name) return { mailboxIds: own }
      const line = lines().find((one) => one.name === user || one.number === user)
      if (line && own.includes(line.mailboxId)) return { mailboxIds: [line.mailboxId], line: line.name }
      const mailboxId = mailboxIds.get(user)
      return mailboxId !== undefined && own.includes(mailboxId) ? { mailboxIds: [mailboxId] } : undefined
    },
    async reload() {
      mailboxIds = new Map((await store.mailboxes.list()).map(({ id, name }) => [name, id]))
    },
  }
  await finder.reload()
  return finder
}
